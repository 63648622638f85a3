"""Slowing a topic down: how long one waits between two replies in it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.boards.actions.checks import SLOWEST_MINUTES
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts.actions.publishing import add_note
from forum.posts.events import TopicStateChanged
from forum.posts.models import Topic
from forum.posts.pointing import because
from forum.posts.powers import ALONE, Ground, check_powers
from forum.posts.sides import Before


def slow_down(
    session: Session, actor: Actor, topic: Topic, minutes: int, reason: str = "", ground: Ground = ALONE
) -> Before:
    """Let each member wait `minutes` between two replies in `topic` (locked, with its board); 0: as long as elsewhere.
    Returns what `undo_slow_down` needs."""
    require(actor, Act.SLOW_DOWN, topic)
    check_powers(actor, topic, is_feedback=topic.board.is_feedback, ground=ground)
    if not 0 <= minutes <= SLOWEST_MINUTES:
        raise Invalid(_("Choose from 1 to %(n)s minutes, or nothing.", n=SLOWEST_MINUTES), "minutes")
    before = topic.slow_minutes
    if before != minutes:
        topic.slow_minutes = minutes
        add_note(session, actor, topic, "slow.on" if minutes else "slow.off", clock.now(), body=because(reason))
        emit(session, TopicStateChanged(topic.id, actor.account_id or 0, "slow"))
    return {"minutes": before}


def undo_slow_down(
    session: Session, actor: Actor, topic: Topic, before: Before, reason: str = "", ground: Ground = ALONE
) -> None:
    """The pace that it had."""
    require(actor, Act.SLOW_DOWN, topic)
    slow_down(session, actor, topic, before["minutes"], reason, ground)
