"""Which conversations and messages an actor may read, as SQL. Says the same as SEE_CONVERSATION and SEE_MESSAGE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from forum.accounts.ignoring import OFFICE
from forum.accounts.models import GroupMember
from forum.conversations.models import Conversation, Message, MessageReport, Seat
from forum.permissions import Actor, Group

_FOR_ALL = {int(Group.EVERYONE), int(Group.MEMBERS)}


def by_membership(actor: Actor) -> ColumnElement[bool]:
    """Seen for being in its group, or a moderator."""
    if actor.account_id is None:
        return false()
    of_groups = and_(Conversation.kind == "group", Conversation.group_id.in_(sorted(actor.groups - _FOR_ALL)))
    return or_(of_groups, Conversation.kind == "moderators") if actor.is_moderator else of_groups


def conversations(actor: Actor) -> ColumnElement[bool]:
    """Conversations that the actor may open: by a seat that they have not left, or by membership."""
    if actor.account_id is None:
        return false()
    seat = aliased(Seat)
    seated = exists().where(
        seat.conversation_id == Conversation.id,
        seat.account_id == actor.account_id,
        seat.takes_part,
        seat.left_at.is_(None),
    )
    return or_(seated, by_membership(actor))


def seen_by(
    conversation_id: SQLColumnExpression[int], account_id: int | SQLColumnExpression[int]
) -> ColumnElement[bool]:
    """The same of any account, for statements that have no actor: whether it may open the conversation of this id."""
    seat, about, member = aliased(Seat), aliased(Conversation), aliased(GroupMember)
    seated = exists().where(
        seat.conversation_id == conversation_id,
        seat.account_id == account_id,
        seat.takes_part,
        seat.left_at.is_(None),
    )
    belongs = exists().where(
        about.id == conversation_id,
        member.account_id == account_id,
        or_(
            and_(about.kind == "group", about.group_id == member.group_id),
            and_(about.kind == "moderators", member.group_id.in_(OFFICE)),
        ),
    )
    return or_(seated.correlate_except(seat), belongs.correlate_except(about, member))


def messages(actor: Actor) -> ColumnElement[bool]:
    """Messages (joined with Conversation) that the actor may read: those since they came, unless they see it all."""
    if actor.account_id is None:
        return false()
    seat = aliased(Seat)
    seated = exists().where(
        seat.conversation_id == Message.conversation_id,
        seat.account_id == actor.account_id,
        seat.takes_part,
        seat.left_at.is_(None),
        seat.sees_after < Message.number,
    )
    return or_(seated, by_membership(actor))


def readable(actor: Actor, conversation_id: int | None = None) -> Callable[[ColumnElement[int]], ColumnElement[bool]]:
    """Whether the actor may read the message that a column of some other table names, in a conversation or because of
    a report: what uploads ask. `conversation_id`: only what stands in this one."""
    inside = [Message.conversation_id == conversation_id] if conversation_id is not None else []
    mine = or_(messages(actor), _in_evidence(actor))
    return lambda message_id: (
        select(Message.id).join(Message.conversation).where(Message.id == message_id, mine, *inside).exists()
    )


def _in_evidence(actor: Actor) -> ColumnElement[bool]:
    """Messages that a report shows to the actor."""
    if not actor.is_moderator:
        return false()
    told = aliased(Message)
    return exists().where(
        MessageReport.message_id == told.id,
        told.conversation_id == Message.conversation_id,
        Message.number.between(MessageReport.from_number, MessageReport.to_number),
        reported(actor, told),
    )


def reported(actor: Actor, told: Any = Message) -> ColumnElement[bool]:
    """Reports (joined with the message `told`) that the actor deals with: moderators do, and nobody about their own
    words."""
    if not actor.is_moderator or actor.account_id is None:
        return false()
    return and_(
        or_(told.author_id.is_(None), told.author_id != actor.account_id),
        or_(MessageReport.reporter_id.is_(None), MessageReport.reporter_id != actor.account_id),
    )
