"""Moving chosen posts of a topic into a new one, or into another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import queries as boards
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, NotFound
from forum.core.web.pages import render, see_other
from forum.core.web.typed import pasted_topic, typed_number
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.permissions import Act, require
from forum.posts import queries
from forum.posts.actions import using
from forum.posts.actions.arranging import ALIKE
from forum.posts.addresses import topic_path
from forum.posts.forms import tags_in
from forum.posts.models import Post, Topic
from forum.posts.queries.choosing import posts_to_move
from forum.posts.queries.offered import offered_tags
from forum.posts.tools import SPLIT
from forum.posts.views import blueprint
from forum.posts.views.asking import asked_number


@blueprint.get("/t/<int:topic_id>/split")
def split(topic_id: int) -> Response:
    """Where the chosen posts go: those ticked on the topic's page, or all from one on."""
    topic = _topic(topic_id)
    posts = posts_to_move(reading(), topic, _ticked(request.args.getlist("post")), asked_number("from"))
    if not posts:
        flash(_("Tick the posts that are to move."), "notice")
        return see_other(f"{topic_path(topic)}?choose=1")
    return _page(topic, posts)


@blueprint.post("/t/<int:topic_id>/split")
def split_off(topic_id: int) -> Response:
    """They are there now."""
    actor, topic, ids = identity.actor(), _topic(topic_id), _ticked(request.form.getlist("post"))
    try:
        told = {"posts": ids} | (_into() if request.form.get("where") == "other" else _new())
        with transaction() as session:
            run = using.use_on_one(session, actor, SPLIT, topic_id, told, request.form.get("reason", ""))
            run_id, target_id = run.id, run.items[0]["before"]["target"]
    except Invalid as error:
        return _page(_topic(topic_id), posts_to_move(reading(), topic, ids), error)
    said = ngettext("%(num)s post stands here now.", "%(num)s posts stand here now.", len(ids))
    flash(
        Markup('{} <a href="{}">{}</a>').format(said, url_for("posts.tool_run", run_id=run_id), _("Take it back")),
        "success",
    )
    return see_other(topic_path(queries.topic(reading(), actor, target_id)))


def _topic(topic_id: int) -> Topic:
    topic = queries.topic(reading(), identity.actor(), topic_id)
    require(identity.actor(), Act.SPLIT_TOPIC, topic)
    return topic


def _ticked(typed: Sequence[str]) -> list[int]:
    found = (typed_number(one) for one in typed)
    return list(dict.fromkeys(one for one in found if one is not None))


def _new() -> dict[str, Any]:
    slug = request.form.get("board", "")
    board = next((one for one in boards.boards_to_start_on(reading(), identity.actor()) if one.slug == slug), None)
    if board is None:
        raise Invalid(_("Choose a board."), "board")
    tags = tags_in(request.form.getlist("tags"), "")
    return {"board": board.id, "title": request.form.get("title", ""), "tags": list(tags)}


def _into() -> dict[str, Any]:
    number = pasted_topic(request.form.get("into", ""))
    if number is None:
        raise Invalid(_("Paste the address of the other topic here."), "into")
    try:
        return {"into": queries.topic(reading(), identity.actor(), number).id}
    except NotFound:
        raise Invalid(_("There is no such topic, or you may not read it."), "into") from None


def _page(topic: Topic, posts: Sequence[Post], error: Invalid | None = None) -> Response:
    session, actor = reading(), identity.actor()
    fits = {topic.board.kind} | (ALIKE if topic.board.kind in ALIKE else frozenset())
    there = [one for one in boards.boards_to_start_on(session, actor) if one.kind in fits and one.kind != "event"]
    return render(
        "posts/split.html",
        status=error.status if error else 200,
        topic=topic,
        posts=posts,
        boards=there,
        tags=offered_tags(session, actor, topic.board_id, request.form.getlist("tags")),
        error=error,
        typed=request.form,
    )
