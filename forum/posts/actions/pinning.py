"""What the organization holds at the top: never one too many, never for too long, and no reason opens that (G7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Refused
from forum.core.words import gettext as _
from forum.organization.guard import pinning
from forum.organization.overriding import HeldBack
from forum.organization.queries import host_for_update, state
from forum.organization.situation import Pinned
from forum.permissions import Actor
from forum.posts.actions.guarding import writer
from forum.posts.models import Topic


def check_pin(
    session: Session, actor: Actor, topic: Topic, scope: str, until: datetime, *, replaces: Topic | None
) -> None:
    """Raise HeldBack for a pin of the organization's that is one too many on its board, or on the whole site, or too
    long (G7)."""
    if actor.belonging is None:
        return
    now = clock.now()
    if replaces is not None and not _is_there(replaces, topic, scope, now):
        raise Refused(_("Choose a topic that is pinned there now."))
    board = state.board_state(session, topic.board, now, lock=True)
    for place in _places(session, topic, scope):
        up = ours_pinned(session, topic, place, now)
        makes_room = replaces is not None and replaces.id in up
        held = pinning(writer(actor, topic.board), replace(board, pins=len(up)), now, Pinned(until, makes_room))
        if held.level > 1:
            raise HeldBack(held)


def fit_pin(session: Session, topic: Topic) -> None:
    """A topic came back, or came from another board, with a pin of the organization's: where as many are up as may be,
    it is up no more (G7)."""
    now = clock.now()
    if not topic.pinned_as or topic.pinned_until is None or topic.pinned_until <= now:
        return
    most = state.board_state(session, topic.board, now, lock=True).limits.pins
    if any(len(ours_pinned(session, topic, place, now)) >= most for place in _places(session, topic, topic.pin_scope)):
        topic.pinned_at, topic.pinned_until, topic.pin_scope, topic.pinned_as = None, None, "", ""


def ours_pinned(session: Session, topic: Topic, place: str, now: datetime) -> list[int]:
    """Topics that an organization holds at the top now, of the board of this one or of the whole site (`place`: a
    scope), itself aside."""
    there = Topic.board_id == topic.board_id if place == "board" else Topic.pin_scope == "site"
    up = (there, Topic.pinned_until > now, Topic.pinned_as != "", Topic.deleted_at.is_(None))
    return list(session.scalars(select(Topic.id).where(*up, Topic.id != topic.id)))


def _places(session: Session, topic: Topic, scope: str) -> Sequence[str]:
    """Where a pin takes room: on its board, and on the whole site if it is held there; whoever holds another there
    waits meanwhile."""
    if scope != "site":
        return ("board",)
    host_for_update(session)
    return ("board", "site")


def _is_there(pinned: Topic, beside: Topic, scope: str, now: datetime) -> bool:
    is_up = pinned.pinned_until is not None and pinned.pinned_until > now
    on_site = scope == "site" and pinned.pin_scope == "site"
    return is_up and pinned.pinned_as != "" and (on_site or pinned.board_id == beside.board_id)
