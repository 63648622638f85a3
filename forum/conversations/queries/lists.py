"""The lists of conversations: one's own, put away ones, and the boxes that one shares with others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from forum.accounts import names
from forum.accounts.models import Account, GroupRow
from forum.conversations.models import Conversation, Message, Seat
from forum.conversations.queries import visible
from forum.core.errors import NotFound
from forum.permissions import Actor, Group

PER_PAGE = 25
EXCERPT = 160


@dataclass(frozen=True)
class Box:
    """A list that one may open: `key` stands in its address."""

    key: str
    name: str


@dataclass(frozen=True)
class Row:
    """A conversation in a list. `people`: who sits in it besides the reader; `excerpt` of the latest readable words."""

    conversation: Conversation
    people: Sequence[Account]
    group_name: str
    excerpt: str
    unread: int
    is_muted: bool

    @property
    def last_at(self) -> object:
        return self.conversation.last_message_at


@dataclass(frozen=True)
class ConversationList:
    """A page of a list, unread ones first, then the latest."""

    rows: Sequence[Row]
    page: int
    has_more: bool


def boxes(session: Session, actor: Actor) -> Sequence[Box]:
    """Inboxes of the actor's groups that have one, by name."""
    found = session.scalars(
        select(GroupRow)
        .where(GroupRow.id.in_(sorted(actor.groups)), GroupRow.written_to_by != "nobody")
        .order_by(GroupRow.name)
        .limit(50)
    )
    return [Box(group.slug, group.name) for group in found]


def conversations(
    session: Session, actor: Actor, box: str = "", *, person: str = "", page: int = 1
) -> ConversationList:
    """One page of a box: "" own, "archive" put away, "moderators", or the slug of a group. Five queries."""
    rows = _in_box(actor, box)
    if person.strip():
        rows = rows.where(_with(person))
    unread = func.coalesce(Seat.last_read, 0) < Conversation.last_number
    found = session.execute(
        rows.order_by(unread.desc(), Conversation.last_message_at.desc(), Conversation.id.desc())
        .limit(PER_PAGE + 1)
        .offset((page - 1) * PER_PAGE)
    ).all()
    shown = found[:PER_PAGE]
    ids = [row[0].id for row in shown]
    people, groups = people_of(session, ids), _groups(session, [row[0].group_id for row in shown])
    excerpts = _excerpts(session, actor, ids)
    return ConversationList(
        [
            Row(
                conversation=about,
                people=[one for one in people[about.id] if one.id != actor.account_id],
                group_name=groups.get(about.group_id or 0, ""),
                excerpt=excerpts.get(about.id, ""),
                unread=max(0, about.last_number - (seat.last_read if seat else 0)),
                is_muted=bool(seat and seat.muted_at),
            )
            for about, seat in shown
        ],
        page,
        len(found) > PER_PAGE,
    )


def _in_box(actor: Actor, box: str) -> Select[Conversation, Seat]:
    mine = and_(Seat.conversation_id == Conversation.id, Seat.account_id == (actor.account_id or 0))
    if box in {"", "archive"}:
        put_away = Seat.archived_at.is_not(None) if box else Seat.archived_at.is_(None)
        rows = select(Conversation, Seat).join(Seat, mine)
        return rows.where(Seat.takes_part, Seat.left_at.is_(None), put_away)
    rows = select(Conversation, Seat).outerjoin(Seat, mine).where(visible.by_membership(actor))
    if box == "moderators":
        if not actor.is_moderator:
            raise NotFound
        return rows.where(Conversation.kind == "moderators")
    group = select(GroupRow.id).where(GroupRow.slug == box, GroupRow.id > int(Group.MEMBERS)).scalar_subquery()
    return rows.where(Conversation.kind == "group", Conversation.group_id == group)


def _with(person: str) -> ColumnElement[bool]:
    """Conversations in which somebody sits, or began, who is called so or nearly."""
    typed = person.strip().lstrip("@")[:60]
    called = or_(
        Account.name_key.startswith(names.fold(typed), autoescape=True),
        func.lower(Account.display_name).contains(typed.lower(), autoescape=True),
    )
    wanted = select(Account.id).where(called)
    seat = aliased(Seat)
    sits = exists().where(seat.conversation_id == Conversation.id, seat.takes_part, seat.account_id.in_(wanted))
    return or_(sits, Conversation.started_by_id.in_(wanted))


def people_of(session: Session, ids: Iterable[int]) -> Mapping[int, list[Account]]:
    """Conversation id → who sits in it, those who left last."""
    found: dict[int, list[Account]] = defaultdict(list)
    rows = session.execute(
        select(Seat.conversation_id, Account)
        .join(Account, Account.id == Seat.account_id)
        .where(Seat.conversation_id.in_(list(ids)), Seat.takes_part)
        .order_by(Seat.left_at.is_not(None), Seat.since, Account.id)
    )
    for conversation_id, account in rows:
        found[conversation_id].append(account)
    return found


def _groups(session: Session, ids: Sequence[int | None]) -> Mapping[int, str]:
    wanted = sorted({one for one in ids if one is not None})
    if not wanted:
        return {}
    rows = session.execute(select(GroupRow.id, GroupRow.name).where(GroupRow.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _excerpts(session: Session, actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """Conversation id → the beginning of its last message, where the actor may read it and ignores nobody there."""
    rows = session.execute(
        select(Message.conversation_id, Message.plain, Message.author_id)
        .join(
            Conversation, and_(Conversation.id == Message.conversation_id, Message.number == Conversation.last_number)
        )
        .where(Conversation.id.in_(ids), visible.messages(actor), Message.action == "")
    )
    return {id_: plain[:EXCERPT] for id_, plain, author_id in rows if author_id not in actor.ignored}
