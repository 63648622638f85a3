"""Who sits in a conversation: bringing somebody in, going, being left in peace, and how far one has read."""

from __future__ import annotations

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.conversations.actions.starting import check_willing, take_seat
from forum.conversations.actions.writing import add, seat_reader
from forum.conversations.events import ConversationLeft, ConversationRead, InvitedToConversation
from forum.conversations.limits import check_people, limits_from
from forum.conversations.models import Conversation, Seat
from forum.conversations.queries.finding import Seen
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Trust, require
from forum.site import queries as sites


def invite(session: Session, actor: Actor, seen: Seen, account: Account, *, whole: bool) -> Seat:
    """Bring somebody in, who sees the whole conversation or what comes from now on. A note says so to everybody."""
    require(actor, Act.INVITE_TO_CONVERSATION, seen)
    about = seen.conversation
    seat = session.get(Seat, (about.id, account.id))
    if seat is not None and seat.takes_part and seat.left_at is None:
        raise Invalid(_("%(name)s takes part already.", name=account.shown_name), "name")
    if whole and seen.sees_after(actor) > 0:
        raise Invalid(_("You see only a part yourself, so you cannot show the whole."), "whole")
    others = session.scalar(
        select(func.count()).where(Seat.conversation_id == about.id, Seat.takes_part, Seat.left_at.is_(None))
    )
    limits = limits_from(sites.settings(session))
    check_people(others or 0, is_newcomer=actor.trust is Trust.NEWCOMER, limits=limits)
    check_willing(session, actor, [account])
    # Who comes to see from now on sees the note by which they came.
    before = 0 if whole else about.last_number
    taken = take_seat(session, about, account, actor, sees_after=before)
    note = add(session, actor, about, None, action="invited", about_id=account.id)
    seat_reader(session, about.id, actor, note.number)
    if taken.muted_at is None:
        session.execute(update(Account).where(Account.id == account.id).values(new_message_at=clock.now()))
        emit(session, InvitedToConversation(about.id, account.id, actor.account_id or 0))
    session.flush()
    return taken


def leave(session: Session, actor: Actor, seen: Seen) -> None:
    """Go out. What was written stays with those who stay; who comes back needs to be brought in anew."""
    require(actor, Act.LEAVE_CONVERSATION, seen)
    assert seen.seat is not None
    assert actor.account_id is not None
    seen.seat.left_at = clock.now()
    add(session, actor, seen.conversation, None, action="left", about_id=actor.account_id)
    _forget_news(session, actor)
    session.flush()
    emit(session, ConversationLeft(seen.conversation.id, actor.account_id))


def mute(session: Session, actor: Actor, seen: Seen, *, on: bool) -> None:
    """Hear nothing of new messages here, or hear of them again."""
    require(actor, Act.ARRANGE_CONVERSATION, seen)
    _seat(session, actor, seen).muted_at = clock.now() if on else None
    session.flush()
    _forget_news(session, actor)


def archive(session: Session, actor: Actor, seen: Seen, *, on: bool) -> None:
    """Put it away until somebody writes, or take it back."""
    require(actor, Act.ARRANGE_CONVERSATION, seen)
    seat = _seat(session, actor, seen)
    seat.archived_at = clock.now() if on else None
    if on:
        seat.last_read = max(seat.last_read, seen.conversation.last_number)
    session.flush()
    _forget_news(session, actor)


def mark_read(session: Session, actor: Actor, seen: Seen, number: int) -> None:
    """Remember that the actor has read up to this message."""
    require(actor, Act.SEE_CONVERSATION, seen)
    assert actor.account_id is not None
    seat_reader(session, seen.conversation.id, actor, min(number, seen.conversation.last_number))
    _forget_news(session, actor)
    emit(session, ConversationRead(seen.conversation.id, actor.account_id))


def _seat(session: Session, actor: Actor, seen: Seen) -> Seat:
    if seen.seat is None:
        seat_reader(session, seen.conversation.id, actor, 0)
        return session.get_one(Seat, (seen.conversation.id, actor.account_id))
    return seen.seat


def _forget_news(session: Session, actor: Actor) -> None:
    """When nothing is unread any more where the actor takes part, the sign for it goes."""
    unread = exists().where(
        Seat.account_id == actor.account_id,
        Seat.takes_part,
        Seat.left_at.is_(None),
        Seat.muted_at.is_(None),
        Seat.archived_at.is_(None),
        Seat.conversation_id == Conversation.id,
        Seat.last_read < Conversation.last_number,
    )
    session.execute(
        update(Account)
        .where(Account.id == actor.account_id, Account.new_message_at.is_not(None), ~unread)
        .values(new_message_at=None)
        .execution_options(synchronize_session=False)
    )
