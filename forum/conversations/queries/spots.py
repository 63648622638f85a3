"""Where drafts of messages belong: the name and the address of their places, for those who may still write there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account, GroupRow
from forum.conversations.models import Conversation, Message
from forum.conversations.queries import visible
from forum.conversations.queries.lists import people_of
from forum.core.words import gettext as _
from forum.groups import queries as groups
from forum.permissions import Actor
from forum.posts.queries import Spot

At = tuple[str, int]

# A message in a conversation, by its id.
MESSAGE = "message"
# The first one to a person by their account, or (0) to whoever is named in it.
LETTER = "letter"
# The first one to a group.
TO_GROUP = "togroup"
# The first one in the conversation that a member, by their account, has with the moderators.
MODERATORS = "moderators"
# A message said otherwise.
REWORD = "reword"


def spots(session: Session, actor: Actor, places: Iterable[At]) -> Mapping[At, Spot]:
    """(kind, id) → where it is. Places where the actor does not take part (any more) are left out."""
    wanted: dict[str, set[int]] = {}
    for place, place_id in places:
        wanted.setdefault(place, set()).add(place_id)
    found: dict[At, Spot] = {}
    for place, look in _LOOKS.items():
        if ids := wanted.get(place):
            found |= {(place, place_id): spot for place_id, spot in look(session, actor, ids).items()}
    return found


def _messages(session: Session, actor: Actor, ids: set[int]) -> dict[int, Spot]:
    names = _named(session, actor, Conversation.id.in_(ids))
    return {number: Spot(name, f"/conversations/{number}#reply") for number, name in names.items()}


def _rewords(session: Session, actor: Actor, ids: set[int]) -> dict[int, Spot]:
    rows = session.execute(
        select(Message.id, Message.conversation_id)
        .join(Message.conversation)
        .where(Message.id.in_(ids), visible.messages(actor))
    ).all()
    names = _named(session, actor, Conversation.id.in_({row.conversation_id for row in rows}))
    return {row.id: Spot(names.get(row.conversation_id, ""), f"/messages/{row.id}/edit") for row in rows}


def _letters(session: Session, _actor: Actor, ids: set[int]) -> dict[int, Spot]:
    to_whom = {0: Spot(_("New conversation"), "/conversations/new")} if 0 in ids else {}
    for person in _here(session, ids):
        to_whom[person.id] = Spot(person.shown_name, f"/conversations/new?to={person.name}")
    return to_whom


def _to_groups(session: Session, actor: Actor, ids: set[int]) -> dict[int, Spot]:
    of_own = and_(GroupRow.written_to_by == "group", GroupRow.id.in_(sorted(actor.groups)))
    takes_letters = or_(GroupRow.written_to_by == "members", of_own)
    rows = session.scalars(select(GroupRow).where(GroupRow.id.in_(ids), groups.visible(actor), takes_letters))
    return {group.id: Spot(group.name, f"/conversations/new?group={group.slug}") for group in rows}


def _to_moderators(session: Session, actor: Actor, ids: set[int]) -> dict[int, Spot]:
    """While there is no such conversation: where there is one, it is written into."""
    begun = set(session.scalars(select(Conversation.member_id).where(Conversation.member_id.in_(ids))))
    found = {}
    for person in _here(session, ids - begun):
        if person.id == actor.account_id:
            found[person.id] = Spot(_("The moderators"), "/conversations/moderators")
        elif actor.is_moderator:
            found[person.id] = Spot(person.shown_name, f"/conversations/moderators/{person.name}")
    return found


_LOOKS: Mapping[str, Callable[[Session, Actor, set[int]], Mapping[int, Spot]]] = {
    MESSAGE: _messages,
    LETTER: _letters,
    TO_GROUP: _to_groups,
    MODERATORS: _to_moderators,
    REWORD: _rewords,
}
PLACES = tuple(_LOOKS)


def _here(session: Session, ids: set[int]) -> Sequence[Account]:
    here = Account.deactivated_at.is_(None) & Account.confirmed_at.is_not(None)
    return session.scalars(select(Account).where(Account.id.in_(ids), here)).all()


def _named(session: Session, actor: Actor, which: ColumnElement[bool]) -> dict[int, str]:
    """Conversation id → what the actor knows it by."""
    found = session.scalars(select(Conversation).where(which, visible.conversations(actor))).all()
    people = people_of(session, [about.id for about in found])
    return {about.id: _name(actor, about, people[about.id]) for about in found}


def _name(actor: Actor, about: Conversation, people: Iterable[Account]) -> str:
    names = ", ".join(person.shown_name for person in people if person.id != actor.account_id)
    if about.kind == "moderators" and about.member_id == actor.account_id:
        names = _("The moderators")
    return about.title or names or _("Conversation")


def was_sent(session: Session, actor: Actor, once: str) -> bool:
    """Whether the actor's form with this token was sent already."""
    if not once or actor.account_id is None:
        return False
    sent = select(Message.id).where(Message.author_id == actor.account_id, Message.once == once[:40])
    return session.scalar(sent) is not None
