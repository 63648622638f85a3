"""Home, boards, tags: what there is to read, and marking it read."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import kinds
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.web.pages import local_or, render, see_other
from forum.core.words import gettext as _
from forum.following import queries as following
from forum.posts import actions, queries, wording
from forum.posts.addresses import board_path, tag_path
from forum.posts.queries import standings
from forum.posts.queries.listing import ALL, Listing
from forum.posts.views import blueprint
from forum.posts.views.asking import asked_page, moved
from forum.stewardship.queries import presence


@blueprint.get("/")
def home() -> Response:
    """The boards with what is new, and the latest topics."""
    found = queries.home(reading(), identity.actor())
    return render("posts/home.html", live_list=Listing(which=ALL), home=found, waiting_in_all=found.waiting)


@blueprint.get("/latest")
def latest() -> Response:
    """All topics, latest activity first."""
    page = queries.latest_page(reading(), identity.actor(), asked_page())
    return render("posts/latest.html", live_list=Listing(which=ALL), page=page)


@blueprint.get("/b/<slug>")
def board(slug: str) -> Response:
    """A board and its topics."""
    session, actor = reading(), identity.actor()
    found = boards.board_by_slug(session, actor, slug, is_absent=presence.is_absent(clock.now()))
    if found.slug != slug:
        return moved(board_path(found.slug))
    order, show = request.args.get("order", ""), request.args.get("show", "")
    slug = request.args.get("tag", "").lower()
    chosen = boards.tag_by_slug(session, slug) if slug else None
    page = queries.board_page(session, actor, found, asked_page(), order, show, chosen)
    kind, (level, waits) = kinds.kind(found.kind), queries.own_on(session, actor, found.id)
    return render(
        "posts/board.html",
        board=found,
        page=page,
        kind=kind,
        level=level,
        wording=wording,
        waits=waits,
        waiting_in_all=page.waiting_in_all,
        live_list=Listing((found.id,), chosen.id if chosen else 0, kind=found.kind, show=page.show),
    )


@blueprint.get("/questions")
def questions() -> Response:
    """Questions of all boards, by how they stand."""
    page = queries.questions_page(reading(), identity.actor(), request.args.get("show", ""), asked_page())
    watched = Listing(kind="question", show=page.show)
    filters = standings.OF_QUESTIONS
    return render("posts/questions.html", live_list=watched, page=page, filters=filters, wording=wording)


@blueprint.get("/tags/<slug>")
def tag(slug: str) -> Response:
    """The topics under a tag."""
    session, actor = reading(), identity.actor()
    found = boards.tag_by_slug(session, slug.lower())
    if found.slug != slug:
        return moved(tag_path(found.slug))
    page = queries.tag_page(
        session, actor, found, asked_page(), request.args.get("order", ""), request.args.get("show", "")
    )
    return render(
        "posts/tag.html",
        page=page,
        wording=wording,
        level=following.tag_level(session, actor, found.id),
        related=queries.related_tags(session, actor, found),
        live_list=Listing(tag=found.id, kind="question" if page.show else "", show=page.show),
    )


@blueprint.post("/read")
def mark_all_read() -> Response:
    """Nothing on a board, or anywhere, counts as new any more."""
    actor = identity.actor()
    with transaction() as session:
        where = _marked_board()
        actions.mark_all_read(session, actor, where)
    sentence = _("Everything on “%(board)s” is marked read.", board=where.name) if where else _("All is marked read.")
    flash(Markup(render_template("posts/undo.html", sentence=sentence, board=where)), "success")  # noqa: S704
    return see_other(_back(where))


@blueprint.post("/read/undo")
def undo_mark_all_read() -> Response:
    """What was new before is new again."""
    actor = identity.actor()
    with transaction() as session:
        where = _marked_board()
        actions.undo_mark_all_read(session, actor, where)
    flash(_("What was new is new again."), "success")
    return see_other(_back(where))


def _marked_board() -> Board | None:
    slug = request.form.get("board", "")
    return boards.board_by_slug(reading(), identity.actor(), slug) if slug else None


def _back(where: Board | None) -> str:
    return local_or(request.form.get("next"), board_path(where.slug) if where else url_for("posts.home"))
