"""The addresses of moderation: flagging, the queue, its items, what was decided, saved reasons."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g

from forum import identity
from forum.core.db import reading
from forum.moderation.queries.queue import number_waiting
from forum.moderation.subjects import ACCOUNT, Subject
from forum.permissions import Act, allows

blueprint = Blueprint("moderation", __name__)


@blueprint.app_context_processor
def _told() -> dict[str, Any]:
    """For the header: how much waits; asked for moderators only, and only where it is shown. An account as one flags
    it, for its profile."""
    return {"cases_waiting": _cases_waiting, "flaggable": lambda one: Subject(ACCOUNT, one.id, one.id, one)}


def _cases_waiting() -> int | None:
    """None for who does not look after anything. Asked once a page."""
    if "cases_waiting" not in g:
        actor = identity.actor()
        g.cases_waiting = number_waiting(reading(), actor) if allows(actor, Act.WORK_QUEUE) else None
    kept: int | None = g.cases_waiting
    return kept


from forum.moderation.views import (  # noqa: E402
    appealing,
    decided,
    deciding,
    flagging,
    items,
    own,
    queue,
    reasons,
    sanctioning,
)

__all__ = [
    "appealing",
    "blueprint",
    "decided",
    "deciding",
    "flagging",
    "items",
    "own",
    "queue",
    "reasons",
    "sanctioning",
]
