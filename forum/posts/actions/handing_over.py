"""Whose topic it is: who accepts its answer, and hears of every reply. Whoever wrote the opening words stays their
writer."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.following.levels import Level
from forum.permissions import Act, Actor, require
from forum.posts import settling
from forum.posts.actions.publishing import add_note
from forum.posts.actions.reading import position_for_update, rise_for
from forum.posts.events import TopicStateChanged
from forum.posts.models import Topic
from forum.posts.pointing import because
from forum.posts.powers import ALONE, Ground, check_powers
from forum.posts.sides import Before


def change_owner(
    session: Session, actor: Actor, topic: Topic, owner: Account, reason: str = "", ground: Ground = ALONE
) -> Before:
    """Make `topic` (locked, with its board) the topic of `owner`, who reads its board. Returns what `undo_change_owner`
    needs."""
    require(actor, Act.CHANGE_OWNER, topic)
    check_powers(actor, topic, is_feedback=topic.board.is_feedback, ground=ground)
    if topic.author_id == owner.id:
        raise Invalid(_("It is their topic already."), "owner")
    reads = boards.seen_by(topic.board_id, owner.id)
    if not session.scalar(select(reads)):
        raise Invalid(_("Who owns a topic reads its board."), "owner")
    before = topic.author_id
    _hand_over(session, actor, topic, owner.id, reason)
    level = rise_for(session, owner.id, topic.id, Level.WATCHING)
    return {"owner": before, "now": owner.id, "level": level}


def undo_change_owner(
    session: Session, actor: Actor, topic: Topic, before: Before, reason: str = "", ground: Ground = ALONE
) -> None:
    """It is the topic of whoever had it before."""
    require(actor, Act.CHANGE_OWNER, topic)
    check_powers(actor, topic, is_feedback=topic.board.is_feedback, ground=ground)
    if topic.author_id != before["now"]:
        raise Invalid(_("It was handed on meanwhile. Undo that first."))
    topic_id = topic.id
    _hand_over(session, actor, topic, before["owner"], reason)
    row = position_for_update(session, before["now"], topic_id, clock.now())
    if row.level == Level.WATCHING and not row.level_by_hand:
        row.level = before["level"]


def _hand_over(session: Session, actor: Actor, topic: Topic, owner_id: int | None, reason: str) -> None:
    topic_id = topic.id
    people = settling.voices(session, [topic_id], ())
    topic.author_id = owner_id
    add_note(session, actor, topic, "owner", clock.now(), body=because(reason))
    settling.settle(session, [topic_id], (), people)
    emit(session, TopicStateChanged(topic_id, actor.account_id or 0, "owner"))
