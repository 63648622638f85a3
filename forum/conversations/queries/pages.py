"""One page of a conversation: everything its template needs, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.ignoring import OFFICE
from forum.accounts.models import Account, GroupMember, GroupRow
from forum.conversations.models import Conversation, Message, Seat
from forum.conversations.queries import visible
from forum.conversations.queries.finding import Seen, conversation
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.permissions import Actor

PER_PAGE = 20
# For so long a moderator is told that another one wrote to this member.
RECENTLY = timedelta(days=7)


@dataclass(frozen=True)
class ConversationPage:
    """A page of a conversation. `people`: who sits in it by name, those who left last; `other_moderator`: who of the
    other moderators wrote last, and when, where the reader is one and that is not long ago."""

    seen: Seen
    group: GroupRow | None
    member: Account | None
    people: Sequence[Seat]
    messages: Page[Message]
    sees_after: int
    other_moderator: tuple[Account, datetime] | None = None

    @property
    def conversation(self) -> Conversation:
        return self.seen.conversation

    @property
    def last_number(self) -> int:
        """The highest number on this page: how far its reader has come."""
        return max((message.number for message in self.messages.items), default=0)

    def others(self, actor: Actor) -> list[Account]:
        """Who sits in it besides the reader and has not left."""
        return [seat.account for seat in self.people if seat.left_at is None and seat.account_id != actor.account_id]


def page_of(number: int, sees_after: int = 0) -> int:
    """The page on which a message stands, for somebody who sees those after `sees_after`."""
    return max(1, -(-(number - sees_after) // PER_PAGE))


def first_unread_page(seen: Seen, actor: Actor) -> int:
    """Where the reader goes on reading."""
    next_one = min(seen.last_read + 1, seen.conversation.last_number)
    return page_of(next_one, seen.sees_after(actor))


def conversation_page(
    session: Session, actor: Actor, conversation_id: int, page: int | None = None
) -> ConversationPage:
    """A page from 1, or the one with the first unread message; NotFound for what is not there for the actor."""
    seen = conversation(session, actor, conversation_id)
    about, base = seen.conversation, seen.sees_after(actor)
    pages = page_of(about.last_number, base)
    number = first_unread_page(seen, actor) if page is None else page
    if not 1 <= number <= pages:
        raise NotFound
    first = base + (number - 1) * PER_PAGE + 1
    messages = session.scalars(
        select(Message)
        .join(Message.conversation)
        .options(joinedload(Message.author), joinedload(Message.about))
        .where(
            Message.conversation_id == about.id,
            Message.number.between(first, first + PER_PAGE - 1),
            visible.messages(actor),
        )
        .order_by(Message.number)
    ).all()
    people = session.scalars(
        select(Seat)
        .options(joinedload(Seat.account))
        .where(Seat.conversation_id == about.id, Seat.takes_part)
        .order_by(Seat.left_at.is_not(None), Seat.since, Seat.account_id)
    ).all()
    return ConversationPage(
        seen=seen,
        group=session.get(GroupRow, about.group_id) if about.group_id is not None else None,
        member=session.get(Account, about.member_id) if about.member_id is not None else None,
        people=people,
        messages=Page(messages, number, pages),
        sees_after=base,
        other_moderator=_other_moderator(session, actor, about),
    )


def _other_moderator(session: Session, actor: Actor, about: Conversation) -> tuple[Account, datetime] | None:
    if about.kind != "moderators" or not actor.is_moderator or actor.account_id == about.member_id:
        return None
    moderates = exists().where(
        GroupMember.account_id == Message.author_id,
        GroupMember.group_id.in_(OFFICE),
    )
    found = session.execute(
        select(Account, Message.created_at)
        .join(Message, Message.author_id == Account.id)
        .where(
            Message.conversation_id == about.id,
            Message.author_id.not_in([actor.account_id, about.member_id]),
            Message.created_at > clock.now() - RECENTLY,
            moderates,
        )
        .order_by(Message.number.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else None
