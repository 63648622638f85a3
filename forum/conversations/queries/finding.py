"""Single conversations and messages, and who is told of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, select, true, union
from sqlalchemy.orm import Session, joinedload

from forum.accounts import names
from forum.accounts import queries as accounts
from forum.accounts.ignoring import OFFICE, ignores
from forum.accounts.models import Account, GroupMember
from forum.conversations.models import Conversation, Message, Seat
from forum.conversations.queries import visible
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.permissions import Actor

# Whom one message of a group is told to, at most: the same as for a mention.
MOST_TOLD = 100


@dataclass(frozen=True)
class Seen:
    """A conversation as one person stands to it: what rules and pages ask."""

    conversation: Conversation
    seat: Seat | None = None

    @property
    def kind(self) -> str:
        return self.conversation.kind

    @property
    def group_id(self) -> int | None:
        return self.conversation.group_id

    @property
    def member_id(self) -> int | None:
        return self.conversation.member_id

    @property
    def takes_part(self) -> bool:
        return self.seat is not None and self.seat.takes_part and self.seat.left_at is None

    def sees_after(self, actor: Actor) -> int:
        """Messages up to this number are not the actor's to read."""
        in_group = self.kind == "group" and self.group_id in actor.groups
        if in_group or (self.kind == "moderators" and actor.is_moderator):
            return 0
        return self.seat.sees_after if self.seat is not None else 0

    @property
    def last_read(self) -> int:
        return self.seat.last_read if self.seat is not None else 0


def conversation(session: Session, actor: Actor, conversation_id: int) -> Seen:
    """The conversation as the actor stands to it; NotFound for who does not take part."""
    return _seen(session, actor, conversation_id, locked=False)


def conversation_for_update(session: Session, actor: Actor, conversation_id: int) -> Seen:
    """The same, held until the end of the transaction: numbers are given out one at a time."""
    return _seen(session, actor, conversation_id, locked=True)


def _seen(session: Session, actor: Actor, conversation_id: int, *, locked: bool) -> Seen:
    wanted = select(Conversation).where(Conversation.id == conversation_id, visible.conversations(actor))
    found = session.scalars(wanted.with_for_update() if locked else wanted).first()
    if found is None:
        raise NotFound(_("There is no such conversation, or you do not take part in it."))
    return Seen(found, session.get(Seat, (found.id, actor.account_id)))


def message(session: Session, actor: Actor, message_id: int) -> tuple[Message, Seen]:
    """A message that the actor may read, with its conversation; NotFound else."""
    found = session.scalars(
        select(Message)
        .join(Message.conversation)
        .options(joinedload(Message.conversation), joinedload(Message.author))
        .where(Message.id == message_id, visible.messages(actor))
    ).first()
    if found is None:
        raise NotFound(_("There is no such message, or it is not yours to read."))
    return found, Seen(found.conversation, session.get(Seat, (found.conversation_id, actor.account_id)))


def moderators_conversation_id(session: Session, account_id: int) -> int | None:
    """The conversation that this member has with the moderators. For the member and moderators to ask."""
    return session.scalar(select(Conversation.id).where(Conversation.member_id == account_id))


def people_by_names(session: Session, typed: Iterable[str]) -> Sequence[tuple[str, Account | None]]:
    """Each written name with the account that it leads to, in order; None where it leads to nobody who is here."""
    wanted = list(dict.fromkeys(name.strip().lstrip("@") for name in typed if name.strip().lstrip("@")))
    keys = {name: names.fold(name) for name in wanted}
    here = and_(Account.deactivated_at.is_(None), Account.confirmed_at.is_not(None))
    found = session.scalars(select(Account).where(Account.name_key.in_(set(keys.values())), here))
    by_key = {account.name_key: account for account in found}
    return [(name, by_key.get(key) or _renamed(session, name)) for name, key in keys.items()]


def _renamed(session: Session, name: str) -> Account | None:
    found = accounts.by_former_name(session, name)
    return found if found is not None and found.confirmed_at is not None and found.deactivated_at is None else None


def recipients(session: Session, message_id: int) -> Sequence[int]:
    """Account ids of those who should hear of a message: who takes part, is in its group or moderates, has not muted
    the conversation, does not ignore its author, and did not write it. At most 100."""
    found = session.get_one(Message, message_id)
    about = session.get_one(Conversation, found.conversation_id)
    seated = select(Seat.account_id).where(
        Seat.conversation_id == about.id, Seat.takes_part, Seat.left_at.is_(None), Seat.sees_after < found.number
    )
    if about.kind == "group" and about.group_id is not None:
        who = union(seated, select(GroupMember.account_id).where(GroupMember.group_id == about.group_id)).subquery()
    elif about.kind == "moderators":
        who = union(seated, select(GroupMember.account_id).where(GroupMember.group_id.in_(OFFICE))).subquery()
    else:
        who = seated.subquery()
    wants = Account.id != found.author_id if found.author_id is not None else true()
    silent = exists().where(Seat.conversation_id == about.id, Seat.account_id == Account.id, Seat.muted_at.is_not(None))
    return session.scalars(
        select(Account.id)
        .where(Account.id.in_(select(who.c.account_id)), wants, ~silent, ~ignores(found.author_id, clock.now()))
        .order_by(Account.id)
        .limit(MOST_TOLD)
    ).all()
