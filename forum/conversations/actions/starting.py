"""Beginning a conversation: with people, with a group, with the moderators, or as one of them with a member."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from forum.accounts.ignoring import in_force
from forum.accounts.models import Account, GroupMember, GroupRow, IgnoredMember
from forum.conversations.actions.writing import already_sent, check_words, send, sender_facts, write
from forum.conversations.drafts import MessageDraft, StartDraft
from forum.conversations.events import ConversationStarted
from forum.conversations.limits import check_people, check_starting, checked_title, limits_from
from forum.conversations.models import Conversation, Message, Seat
from forum.conversations.queries import finding
from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.groups import queries as groups
from forum.permissions import Act, Actor, Group, Trust, require
from forum.site import queries as sites


def start(session: Session, actor: Actor, draft: StartDraft) -> Conversation:
    """Begin a conversation with people, or with a group whose members all see it."""
    require(actor, Act.START_CONVERSATION)
    if (before := already_sent(session, actor, draft.message.once)) is not None:
        return session.get_one(Conversation, before.conversation_id)
    title = checked_title(draft.title)
    group = _group(session, actor, draft.group_slug) if draft.group_slug else None
    people = [] if group is not None else _people(session, actor, draft.names)
    check_starting(sender_facts(session, actor, clock.now()), limits_from(sites.settings(session)))
    check_words(session, actor, draft.message)
    about = _begin(session, actor, "group" if group is not None else "private", title=title)
    about.group_id = group.id if group is not None else None
    _seat_starter(session, about, actor)
    for person in people:
        take_seat(session, about, person, actor, sees_after=0)
    session.flush()
    emit(session, ConversationStarted(about.id))
    write(session, actor, about, draft.message)
    return about


def write_to_moderators(session: Session, actor: Actor, draft: MessageDraft) -> Message:
    """Write to all moderators: the first time begins the one conversation that a member has with them."""
    require(actor, Act.WRITE_TO_MODERATORS)
    assert actor.account_id is not None
    seen = _moderators_conversation(session, actor, actor.account_id)
    return send(session, actor, seen, draft)


def write_to_member(session: Session, actor: Actor, member: Account, draft: MessageDraft) -> Message:
    """Write to a member as one of the moderators: in the same one conversation, which all of them see."""
    require(actor, Act.WRITE_AS_MODERATOR)
    if member.confirmed_at is None or member.deactivated_at is not None:
        raise Invalid(_("“%(name)s” is nobody’s account at present.", name=member.name), "people")
    seen = _moderators_conversation(session, actor, member.id)
    return send(session, actor, seen, draft)


def _moderators_conversation(session: Session, actor: Actor, member_id: int) -> finding.Seen:
    """The one of this member, made if need be; of two who make it at once, one hears so."""
    found = finding.moderators_conversation_id(session, member_id)
    if found is not None:
        return finding.conversation_for_update(session, actor, found)
    try:
        with session.begin_nested():
            about = _begin(session, actor, "moderators", member_id=member_id)
    except IntegrityError:
        raise Conflict(_("Somebody has just begun this conversation. Look again before you write.")) from None
    session.add(Seat(conversation_id=about.id, account_id=member_id, takes_part=True, since=about.created_at))
    session.flush()
    emit(session, ConversationStarted(about.id))
    return finding.conversation_for_update(session, actor, about.id)


def _begin(session: Session, actor: Actor, kind: str, *, title: str = "", member_id: int | None = None) -> Conversation:
    now = clock.now()
    about = Conversation(
        kind=kind,
        title=title,
        member_id=member_id,
        started_by_id=actor.account_id,
        created_at=now,
        last_message_at=now,
        last_number=0,
    )
    session.add(about)
    session.flush()
    return about


def _seat_starter(session: Session, about: Conversation, actor: Actor) -> None:
    session.add(Seat(conversation_id=about.id, account_id=actor.account_id, takes_part=True, since=about.created_at))


def _group(session: Session, actor: Actor, slug: str) -> GroupRow:
    found = groups.standing(session, actor, slug)
    require(actor, Act.WRITE_TO_GROUP, found)
    return found.group


def _people(session: Session, actor: Actor, names: Sequence[str]) -> list[Account]:
    """Whom the names lead to, each willing; Invalid names those who are not."""
    found = finding.people_by_names(session, names)
    unknown = [name for name, account in found if account is None]
    if unknown:
        raise Invalid(_("There is nobody here by the name “%(name)s”.", name=unknown[0][:40]), "people")
    people = list({account.id: account for _name, account in found if account is not None}.values())
    people = [person for person in people if person.id != actor.account_id]
    if not people:
        raise Invalid(_("Say to whom you write: one or more user names."), "people")
    limits = limits_from(sites.settings(session))
    check_people(len(people), is_newcomer=actor.trust is Trust.NEWCOMER, limits=limits)
    check_willing(session, actor, people)
    return people


def check_willing(session: Session, actor: Actor, people: Sequence[Account]) -> None:
    """Raise Invalid for who takes no messages from strangers, or whom the writer ignores. Who ignores the writer is
    not told apart: the message is put away where they do not see it, and nobody learns of it."""
    for person in people:
        if person.id in actor.ignored:
            raise Invalid(
                _("You ignore %(name)s. Stop ignoring them first, on their profile.", name=person.shown_name), "people"
            )
    if actor.is_moderator:
        return
    closed = [person for person in people if person.messages_from == "known"]
    known = _known_to(session, actor, [person.id for person in closed]) if closed else set()
    for person in closed:
        if person.id not in known:
            raise Invalid(
                _("%(name)s takes messages from people they know here only.", name=person.shown_name), "people"
            )


def _known_to(session: Session, actor: Actor, ids: Sequence[int]) -> set[int]:
    """Those of `ids` to whom the actor is no stranger: they have a group in common, or they wrote to the actor once."""
    theirs = aliased(GroupMember)
    own_making = sorted(group for group in actor.groups if group > max(Group))
    shares = exists().where(theirs.account_id == Account.id, theirs.group_id.in_(own_making))
    mine, their_seat = aliased(Seat), aliased(Seat)
    wrote = exists().where(
        Message.author_id == Account.id,
        Message.action == "",
        mine.conversation_id == Message.conversation_id,
        mine.account_id == actor.account_id,
        mine.takes_part,
        their_seat.conversation_id == Message.conversation_id,
        their_seat.account_id == Account.id,
        their_seat.left_at.is_(None),
    )
    return set(session.scalars(select(Account.id).where(Account.id.in_(ids), or_(shares, wrote))))


def take_seat(session: Session, about: Conversation, person: Account, actor: Actor, *, sees_after: int) -> Seat:
    """Give somebody a seat, anew if they had left. Who ignores the actor finds it put away and silent."""
    now = clock.now()
    seat = session.get(Seat, (about.id, person.id))
    if seat is None:
        seat = Seat(conversation_id=about.id, account_id=person.id, last_read=sees_after)
        session.add(seat)
    seat.takes_part, seat.since, seat.invited_by_id = True, now, actor.account_id
    seat.sees_after, seat.left_at = sees_after, None
    silent = _ignores(session, person, actor)
    seat.archived_at = seat.muted_at = now if silent else None
    return seat


def _ignores(session: Session, person: Account, actor: Actor) -> bool:
    return bool(
        session.scalar(
            select(IgnoredMember.ignored_id).where(
                and_(IgnoredMember.account_id == person.id, IgnoredMember.ignored_id == actor.account_id),
                in_force(clock.now()),
            )
        )
    )
