"""What moderators do to a topic as a whole: lock, archive, pin. Each leaves a note in the stream."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid, Refused
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Right, Role, require
from forum.posts.actions.pinning import check_pin
from forum.posts.actions.publishing import add_note
from forum.posts.events import TopicStateChanged
from forum.posts.models import Topic
from forum.posts.powers import ALONE, Ground, check_powers

LONGEST_PIN = timedelta(days=30)
PIN_SCOPES = ("board", "site")


def lock(session: Session, actor: Actor, topic: Topic, ground: Ground = ALONE) -> None:
    """End the replies (`topic` locked for update)."""
    require(actor, Act.LOCK_TOPIC, topic)
    check_powers(actor, topic, is_feedback=topic.board.is_feedback, ground=ground)
    if topic.locked_at is None:
        topic.locked_at = clock.now()
        topic.closes_at = topic.silent_days = None
        _changed(session, actor, topic, "locked", ground)


def unlock(session: Session, actor: Actor, topic: Topic, ground: Ground = ALONE) -> None:
    """Allow replies again."""
    require(actor, Act.LOCK_TOPIC, topic)
    check_powers(actor, topic, is_feedback=topic.board.is_feedback, ground=ground)
    if topic.locked_at is not None:
        topic.locked_at = topic.opens_at = None
        if topic.board.kind != "idea":  # an idea's duplicates are parted where they were merged
            topic.duplicate_of_id = None
        _changed(session, actor, topic, "unlocked", ground)


def archive(session: Session, actor: Actor, topic: Topic, ground: Ground = ALONE) -> None:
    """Freeze the topic as it is: no replies, edits or reactions."""
    require(actor, Act.ARCHIVE_TOPIC, topic)
    check_powers(actor, topic, is_feedback=topic.board.is_feedback, ground=ground)
    if topic.archived_at is None:
        topic.archived_at = clock.now()
        _changed(session, actor, topic, "archived", ground)


def unarchive(session: Session, actor: Actor, topic: Topic, ground: Ground = ALONE) -> None:
    """Let the topic live again."""
    require(actor, Act.ARCHIVE_TOPIC, topic)
    check_powers(actor, topic, is_feedback=topic.board.is_feedback, ground=ground)
    if topic.archived_at is not None:
        topic.archived_at = None
        _changed(session, actor, topic, "unarchived", ground)


def pin(
    session: Session, actor: Actor, topic: Topic, *, scope: str, until: datetime, replaces: Topic | None = None
) -> None:
    """Hold the topic at the top of its board, or of the whole site, until an instant at most 30 days away. Of the
    organization's there are few at once: HeldBack, unless it `replaces` another (both locked)."""
    require(actor, Act.PIN_TOPIC, topic)
    now = clock.now()
    if scope not in PIN_SCOPES:
        raise Invalid(_("A topic is pinned to its board or to the whole site."), "scope")
    if not now < until <= now + LONGEST_PIN:
        raise Invalid(_("A pin ends by itself, at most 30 days from now."), "until")
    if scope == "site" and not (actor.is_moderator or actor.is_staff):
        raise Invalid(_("Only moderators of the whole site pin there."), "scope")
    if scope == "site" and actor.belonging is not None and not actor.belonging.has_everywhere(Role.ANNOUNCER):
        raise Invalid(_("Only who announces on all boards pins to the whole site."), "scope")
    _leave_theirs(actor, topic, now)
    check_pin(session, actor, topic, scope, until, replaces=replaces)
    if replaces is not None and replaces is not topic:
        unpin(session, actor, replaces)
    is_new = topic.pinned_until is None or topic.pinned_until <= now or topic.pin_scope != scope
    topic.pinned_at, topic.pinned_until, topic.pin_scope = now, until, scope
    topic.pinned_as = actor.belonging.kind if actor.belonging is not None else ""
    if is_new:
        _changed(session, actor, topic, "pinned")
    else:  # another day is no news, but is counted
        emit(session, TopicStateChanged(topic.id, actor.account_id or 0, "repinned"))


def unpin(session: Session, actor: Actor, topic: Topic) -> None:
    """Let the topic take its place again. What members hold there, only who looks after the board takes down."""
    require(actor, Act.PIN_TOPIC, topic)
    _leave_theirs(actor, topic, clock.now())
    if topic.pinned_at is not None:
        topic.pinned_at = topic.pinned_until = None
        topic.pin_scope = topic.pinned_as = ""
        _changed(session, actor, topic, "unpinned")


def _leave_theirs(actor: Actor, topic: Topic, now: datetime) -> None:
    is_up = topic.pinned_until is not None and topic.pinned_until > now
    if is_up and not topic.pinned_as and not actor.may(Right.MODERATE, topic.board_id):
        raise Refused(_("Somebody pinned this who looks after the board: only who does, too, changes that."))


def _changed(session: Session, actor: Actor, topic: Topic, change: str, ground: Ground = ALONE) -> None:
    add_note(session, actor, topic, change, clock.now(), office=None if ground is ALONE else "")
    emit(session, TopicStateChanged(topic.id, actor.account_id or 0, change))
