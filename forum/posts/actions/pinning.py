"""What the organization holds at the top: never one too many, never for too long, and no reason opens that (G7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Refused
from forum.core.words import gettext as _
from forum.organization.guard import pinning
from forum.organization.overriding import HeldBack
from forum.organization.queries import state
from forum.organization.situation import Pinned
from forum.permissions import Actor
from forum.posts.actions.guarding import writer
from forum.posts.models import Topic


def check_pin(session: Session, actor: Actor, topic: Topic, until: datetime, *, replaces: Topic | None) -> None:
    """Raise HeldBack for a pin of the organization's that is one too many, or too long (G7)."""
    if actor.belonging is None:
        return
    now = clock.now()
    if replaces is not None and not _is_ours(replaces, topic, now):
        raise Refused(_("Choose a topic that is pinned there now."))
    board = replace(
        state.board_state(session, topic.board, now, lock=True), pins=len(_ours_pinned(session, topic, now))
    )
    verdict = pinning(writer(actor, topic.board), board, now, Pinned(until, replaces is not None))
    if verdict.level > 1:
        raise HeldBack(verdict)


def fit_pin(session: Session, topic: Topic) -> None:
    """A topic came back, or came from another board, with a pin of the organization's: where as many are up as may be,
    it is up no more (G7)."""
    now = clock.now()
    if not topic.pinned_as or topic.pinned_until is None or topic.pinned_until <= now:
        return
    most = state.board_state(session, topic.board, now, lock=True).limits.pins
    if len(_ours_pinned(session, topic, now)) >= most:
        topic.pinned_at, topic.pinned_until, topic.pin_scope, topic.pinned_as = None, None, "", ""


def _ours_pinned(session: Session, topic: Topic, now: datetime) -> list[int]:
    """Topics of its board that an organization holds at the top now, itself aside."""
    up = (Topic.board_id == topic.board_id, Topic.pinned_until > now, Topic.pinned_as != "")
    return list(session.scalars(select(Topic.id).where(*up, Topic.id != topic.id, Topic.deleted_at.is_(None))))


def _is_ours(pinned: Topic, beside: Topic, now: datetime) -> bool:
    is_up = pinned.pinned_until is not None and pinned.pinned_until > now
    return is_up and pinned.pinned_as != "" and pinned.board_id == beside.board_id
