"""The lists of what one has not read: new topics, unread ones, everywhere or on one board."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core.db import reading
from forum.core.errors import SignInNeeded
from forum.core.web.pages import render
from forum.core.words import gettext as _
from forum.posts.queries import attention
from forum.posts.queries.attention import Attention
from forum.posts.queries.listing import Listing
from forum.posts.views import blueprint
from forum.posts.views.asking import asked_page


def asked_board() -> Board | None:
    """`?board=`: the board that the list is narrowed to; NotFound for one that the reader may not know of."""
    slug = request.args.get("board", "")
    return boards.board_by_slug(reading(), identity.actor(), slug) if slug else None


@blueprint.get("/new")
def new() -> Response:
    """Topics of the last two days that one has not opened."""
    return _show(attention.new_page(reading(), identity.actor(), asked_board(), asked_page()))


@blueprint.get("/unread")
def unread() -> Response:
    """Topics in which something was added since one read them."""
    if identity.actor().is_guest:
        raise SignInNeeded(_("Sign in: the forum remembers for members how far they have read."))
    return _show(attention.unread_page(reading(), identity.actor(), asked_board(), asked_page()))


def _show(found: Attention) -> Response:
    watched = Listing((found.board.id,) if found.board else (), which=found.which)
    return render("posts/attention.html", live_list=watched, page=found, endpoint=f"posts.{found.which}")
