"""The one queue."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading
from forum.core.errors import SignInNeeded
from forum.core.web.pages import render
from forum.core.words import gettext as _
from forum.moderation import queue_words
from forum.moderation.cases import Kind
from forum.moderation.queries import queue as queries
from forum.moderation.queries.queue import Wanted
from forum.moderation.views import blueprint

SHOWS = ("mine", "host")
MOST_PAGES = 10_000


@blueprint.get("/moderation")
def queue() -> Response:
    """What waits for the reader's decision, the most urgent first."""
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to do this."))
    found = queries.queue(reading(), actor, wanted(), page_number())
    return render("moderation/queue.html", queue=found, words=queue_words)


def wanted() -> Wanted:
    """How the address narrows the queue; what it cannot mean is left out."""
    kind, show = request.args.get("kind", ""), request.args.get("show", "")
    board = request.args.get("board", 0, type=int)
    return Wanted(
        kind if kind in {str(one) for one in Kind} else "",
        board if 0 < board < 2**31 else 0,
        show if show in SHOWS else "",
    )


def page_number() -> int:
    """Which page of a list the address asks for."""
    return min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
