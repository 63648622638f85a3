"""Following boards and tags, and the page that says what one follows."""

from __future__ import annotations

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import queries as boards
from forum.core.db import reading, transaction
from forum.core.errors import NotFound, SignInNeeded
from forum.core.web.pages import local_or, render, see_other, wants_fragment
from forum.core.words import gettext as _
from forum.following import actions, queries
from forum.following.levels import place_levels, topic_levels
from forum.permissions import Actor
from forum.posts.queries import following as topics

blueprint = Blueprint("following", __name__)
blueprint.add_app_template_global(place_levels)


def _member() -> Actor:
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to follow boards, tags and topics."))
    return actor


@blueprint.get("/following")
def index() -> Response:
    """Everything one follows otherwise than normally."""
    session, actor = reading(), _member()
    typed = request.args.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
    if page < 1:
        raise NotFound
    return render(
        "following/index.html",
        boards=queries.followed_boards(session, actor),
        tags=queries.followed_tags(session, actor),
        followed=topics.followed_topics(session, actor, request.args.get("level", ""), page),
        levels=topic_levels(),
    )


@blueprint.post("/b/<slug>/follow")
def follow_board(slug: str) -> Response:
    """How closely to follow a board."""
    actor, level = _member(), request.form.get("level", "")
    with transaction() as session:
        board = boards.board_by_slug(session, actor, slug)
        actions.follow_board(session, actor, board, level)
    url = url_for("following.follow_board", slug=board.slug)
    return _chosen(url, board.name, level, url_for("posts.board", slug=board.slug))


@blueprint.post("/tags/<slug>/follow")
def follow_tag(slug: str) -> Response:
    """How closely to follow a tag."""
    actor, level = _member(), request.form.get("level", "")
    with transaction() as session:
        tag = boards.tag_by_slug(session, slug)
        actions.follow_tag(session, actor, tag, level)
    url = url_for("following.follow_tag", slug=tag.slug)
    return _chosen(url, tag.name, level, url_for("posts.tag", slug=tag.slug))


def _chosen(url: str, name: str, level: str, page: str) -> Response:
    back = local_or(request.form.get("next"), page)
    if wants_fragment():
        return render("following/place.html", fragment="control", url=url, level=level, back=back)
    flash(_("“%(name)s”: %(level)s.", name=name, level=place_levels()[level].name), "success")
    return see_other(back)
