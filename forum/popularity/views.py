"""The lists of topics that are talked about."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core.db import reading
from forum.core.errors import NotFound
from forum.core.web.pages import render
from forum.core.words import gettext as _
from forum.popularity import queries
from forum.popularity.scores import TOP, Span
from forum.posts.queries.listing import Listing

blueprint = Blueprint("popularity", __name__)


@blueprint.get("/top")
@blueprint.get("/top/<span>")
def top(span: str = "week") -> Response:
    """Of a day, a week, a month, a year."""
    if span not in TOP:
        raise NotFound
    return _show(Span(span))


@blueprint.get("/hot")
def hot() -> Response:
    """What people are in the middle of."""
    return _show(Span.HOT)


def _show(span: Span) -> Response:
    typed = request.args.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
    if page < 1:
        raise NotFound
    found = queries.popular_page(reading(), identity.actor(), span, _board(), page)
    spans = {"day": _("Day"), "week": _("Week"), "month": _("Month"), "year": _("Year")}
    # The order is made once an hour: what happens meanwhile is told of the topics that stand there.
    topics = tuple(row.topic.id for row in found.topics.items)
    watched = Listing(topics=topics) if topics else None
    return render("popularity/list.html", live_list=watched, page=found, spans=spans)


def _board() -> Board | None:
    slug = request.args.get("board", "")
    return boards.board_by_slug(reading(), identity.actor(), slug) if slug else None
