"""Where two accounts of one person both have a row: what becomes of the two, before everything else moves over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Account, GroupMember, GroupRow
from forum.boards.models import Appointment
from forum.conversations.models import Conversation, Message, MessageReport, Seat
from forum.core import clock
from forum.drafts.models import Draft
from forum.gatherings import actions as gatherings
from forum.gatherings.models import Attendance
from forum.posts import check
from forum.posts.models import Topic
from forum.posts.outcome_models import TOO, Backing
from forum.suggestions.models import OPEN, WITHDRAWN, Suggestion


def bring_together(session: Session, gone: Account, into: Account) -> list[int]:
    """Make one row of two, wherever that is more than leaving one away. Returns the events whose seats may have
    become free, for `let_up` when all has moved."""
    _one_seat(session, gone, into)
    _one_conversation_with_moderators(session, gone, into)
    _one_membership(session, gone, into)
    _both_drafts(session, gone, into)
    _one_open_question(session, gone, into)
    events = _one_attendance(session, gone, into)
    session.flush()
    return events


def _one_open_question(session: Session, gone: Account, into: Account) -> None:
    """What waits of both for one post, or is asked of both for one board, waits once: of the one that stays."""
    theirs = select(Suggestion.post_id).where(Suggestion.author_id == into.id, Suggestion.state == OPEN)
    double = (Suggestion.author_id == gone.id, Suggestion.state == OPEN, Suggestion.post_id.in_(theirs))
    session.execute(update(Suggestion).where(*double).values(state=WITHDRAWN, decided_at=clock.now()))
    unanswered = (Appointment.since.is_(None), Appointment.ended_at.is_(None))
    asked = select(Appointment.board_id).where(Appointment.account_id == into.id, *unanswered)
    again = (Appointment.account_id == gone.id, *unanswered, Appointment.board_id.in_(asked))
    session.execute(update(Appointment).where(*again).values(ended_at=clock.now(), ending="called_back"))


def tidy(session: Session, into: Account, events: Sequence[int]) -> None:
    """When all has moved: what nobody says of themselves goes, sizes of groups are right, free places are given."""
    own = select(Topic.id).where(Topic.author_id == into.id)
    session.execute(
        delete(Backing).where(Backing.account_id == into.id, Backing.kind == TOO, Backing.topic_id.in_(own))
    )
    mine = select(GroupMember.group_id).where(GroupMember.account_id == into.id)
    check.settle(session, GroupRow, list(session.scalars(mine)))
    for topic_id in sorted(events):
        topic = session.scalars(
            select(Topic).options(joinedload(Topic.board)).where(Topic.id == topic_id).with_for_update(of=Topic)
        ).one()
        gatherings.let_up(session, topic)


Row = TypeVar("Row", Seat, GroupMember, Attendance)


def _pairs(session: Session, model: type[Row], key: str, gone: Account, into: Account) -> list[tuple[Row, Row]]:
    """Rows of both accounts about the same thing: (the one that goes, the one that stays)."""
    found = session.scalars(select(model).where(model.account_id.in_([gone.id, into.id])))
    rows: dict[int, dict[int, Row]] = {}
    for row in found:
        rows.setdefault(getattr(row, key), {})[row.account_id] = row
    return [(both[gone.id], both[into.id]) for both in rows.values() if len(both) == 2]


def _one_seat(session: Session, gone: Account, into: Account) -> None:
    """Whoever took part under one name takes part; what was seen under either was seen."""
    for theirs, mine in _pairs(session, Seat, "conversation_id", gone, into):
        sat = [seat for seat in (theirs, mine) if seat.takes_part]
        mine.takes_part = bool(sat)
        if any(seat.left_at is None for seat in sat):
            mine.left_at = None
        elif sat:
            mine.left_at = max(seat.left_at for seat in sat if seat.left_at is not None)
        mine.since = min(mine.since, theirs.since)
        mine.sees_after = min(mine.sees_after, theirs.sees_after)
        mine.last_read = max(mine.last_read, theirs.last_read)
        mine.muted_at = mine.muted_at and theirs.muted_at
        mine.archived_at = mine.archived_at and theirs.archived_at


def _one_conversation_with_moderators(session: Session, gone: Account, into: Account) -> None:
    """One member, one conversation: the messages of the other follow after those of the one that stays."""
    found = {
        one.member_id: one
        for one in session.scalars(select(Conversation).where(Conversation.member_id.in_([gone.id, into.id])))
    }
    if len(found) < 2:
        return
    old, new = found[gone.id], found[into.id]
    step = new.last_number
    moved = select(Message.id).where(Message.conversation_id == old.id)
    session.execute(
        update(MessageReport)
        .where(MessageReport.message_id.in_(moved))
        .values(from_number=MessageReport.from_number + step, to_number=MessageReport.to_number + step)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Message)
        .where(Message.conversation_id == old.id)
        .values(conversation_id=new.id, number=Message.number + step)
        .execution_options(synchronize_session=False)
    )
    new.last_number += old.last_number
    new.last_message_at = max(new.last_message_at, old.last_message_at)
    session.execute(delete(Conversation).where(Conversation.id == old.id).execution_options(synchronize_session=False))
    session.expunge(old)


def _one_membership(session: Session, gone: Account, into: Account) -> None:
    for theirs, mine in _pairs(session, GroupMember, "group_id", gone, into):
        mine.is_owner = mine.is_owner or theirs.is_owner
        mine.is_automatic = mine.is_automatic and theirs.is_automatic
        mine.since = min(mine.since, theirs.since)


def _both_drafts(session: Session, gone: Account, into: Account) -> None:
    """Two drafts at one place: the words of both stay, one below the other."""
    mine = {(one.place, one.place_id): one for one in _drafts(session, into)}
    for theirs in _drafts(session, gone):
        kept = mine.get((theirs.place, theirs.place_id))
        if kept is not None and theirs.body.strip() and theirs.body.strip() not in kept.body:
            kept.body = f"{kept.body.rstrip()}\n\n{theirs.body}".lstrip("\n")
            kept.title = kept.title or theirs.title
            kept.sequence += 1  # a tab that is open has not seen them


def _drafts(session: Session, account: Account) -> list[Draft]:
    return list(session.scalars(select(Draft).where(Draft.account_id == account.id)))


def _one_attendance(session: Session, gone: Account, into: Account) -> list[int]:
    """The later answer is what the person means now; a seat that either has is kept, with the earlier turn."""
    events: list[int] = []
    for theirs, mine in _pairs(session, Attendance, "topic_id", gone, into):
        both = (theirs, mine)
        latest = max(both, key=lambda one: one.answered_at)
        coming = [one for one in both if one.answer == "yes"]
        mine.answer, mine.answered_at = latest.answer, latest.answered_at
        if mine.answer == "yes":
            mine.is_waiting = all(one.is_waiting for one in coming)
            mine.turn = min(one.turn for one in coming)
        else:
            mine.is_waiting = False
        events.append(mine.topic_id)
    return events
