"""What administrators look at that no single capability knows. Every read asks first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from forum.accounts.models import Account, AccountSession, FormerName, GroupMember, GroupRow
from forum.accounts.sanctioned import is_suspended, suspensions
from forum.admin import wording
from forum.boards.models import Board, BoardRight
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.core.words import gettext as _
from forum.jobs import queries as jobs
from forum.mail.models import OutboxMessage
from forum.organization import queries as organizations
from forum.pages import queries as pages
from forum.pages.purposes import ACCEPTED, PURPOSES
from forum.permissions import Act, Actor, Group, Trust, require
from forum.site.models import Deed

K = TypeVar("K", str, int)

PEOPLE_PAGE = 50
_ROLES = [int(Group.STAFF), int(Group.MODERATORS), int(Group.ADMINISTRATORS)]


@dataclass(frozen=True, slots=True)
class Care:
    """What waits for somebody's hand."""

    has_boards: bool
    has_host: bool
    lacks_pages: tuple[str, ...]
    kept_mails: int
    lost_mails: int
    given_up_jobs: int
    placeholders: int


class State(StrEnum):
    """In which state an account is."""

    HERE = "here"
    UNCONFIRMED = "unconfirmed"
    PLACEHOLDER = "placeholder"
    SUSPENDED = "suspended"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group with how many are in it by hand, and the boards that name it in their rights."""

    group: GroupRow
    size: int
    is_implied: bool
    boards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log in words. `by`: None where it was the house itself."""

    id: int
    at: datetime
    by: Account | None
    sentence: str
    can_be_undone: bool


def said_lines(session: Session, actor: Actor, deeds: Sequence[Deed]) -> list[Line]:
    """The lines with their people, in one query."""
    require(actor, Act.ADMINISTER)
    asked = select(Account).where(Account.id.in_({deed.by_id for deed in deeds if deed.by_id is not None}))
    people = {person.id: person for person in session.scalars(asked)}
    return [
        Line(deed.id, deed.at, people.get(deed.by_id or 0), wording.sentence(deed), wording.can_be_undone(deed))
        for deed in deeds
    ]


def care(session: Session, actor: Actor) -> Care:
    """The overview. Mails count while they are kept, 30 days."""
    require(actor, Act.ADMINISTER)
    mails = _counted(session, OutboxMessage.state)
    placeholders = select(func.count(Account.id)).where(Account.placeholder_since.is_not(None))
    return Care(
        has_boards=session.scalar(select(Board.id).limit(1)) is not None,
        has_host=organizations.host(session) is not None,
        lacks_pages=_lacking(session),
        kept_mails=mails.get("kept", 0),
        lost_mails=mails.get("given_up", 0),
        given_up_jobs=jobs.count_given_up(session, actor),
        placeholders=session.scalar(placeholders) or 0,
    )


def _lacking(session: Session) -> tuple[str, ...]:
    """Titles of the pages that members accept and that nobody has published."""
    there = {page.slug for page, _version in pages.published(session, ACCEPTED)}
    return tuple(_(PURPOSES[slug].title) for slug in ACCEPTED if slug not in there)


def mail_states(session: Session, actor: Actor) -> Mapping[str, int]:
    """How many mails are in each state."""
    require(actor, Act.ADMINISTER)
    return _counted(session, OutboxMessage.state)


# ── groups ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def groups(session: Session, actor: Actor) -> list[GroupView]:
    """All groups, the built-in ones first. Three queries."""
    require(actor, Act.ADMINISTER)
    sizes = _counted(session, GroupMember.group_id)
    named: dict[int, list[str]] = {}
    rows = select(BoardRight.group_id, Board.name).join(Board).distinct().order_by(Board.name)
    for group_id, name in session.execute(rows):
        named.setdefault(group_id, []).append(name)
    found = session.scalars(select(GroupRow).order_by(GroupRow.is_builtin.desc(), GroupRow.id))
    return [
        GroupView(group, sizes.get(group.id, 0), is_implied(group), tuple(named.get(group.id, ()))) for group in found
    ]


def group(session: Session, actor: Actor, group_id: int) -> GroupRow:
    """One group; NotFound where it is gone."""
    require(actor, Act.ADMINISTER)
    found = session.get(GroupRow, group_id)
    if found is None:
        raise NotFound(_("There is no such group (any more)."))
    return found


def is_implied(group: GroupRow) -> bool:
    """Whether one is in it without anybody's doing."""
    return group.id in {Group.EVERYONE, Group.MEMBERS}


def members_of(session: Session, actor: Actor, group: GroupRow) -> Sequence[Account]:
    """Who is in the group by hand, by name."""
    require(actor, Act.ADMINISTER)
    inside = select(GroupMember.account_id).where(GroupMember.group_id == group.id)
    return session.scalars(select(Account).where(Account.id.in_(inside)).order_by(Account.name_key)).all()


def groups_of(session: Session, actor: Actor, account: Account) -> Sequence[GroupRow]:
    """The groups into which somebody was put."""
    require(actor, Act.ADMINISTER)
    inside = select(GroupMember.group_id).where(GroupMember.account_id == account.id)
    return session.scalars(select(GroupRow).where(GroupRow.id.in_(inside)).order_by(GroupRow.id)).all()


# ── people ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def people(session: Session, actor: Actor, words: str = "", state: str = "", page: int = 1) -> Page[Account]:
    """Accounts whose name, shown name or address holds `words`, the newest first; in one state, or in any."""
    require(actor, Act.ADMINISTER)
    asked = [*_holding(words.strip()), *_in_state(state)]
    pages = pages_for(session.scalar(select(func.count(Account.id)).where(*asked)) or 0, PEOPLE_PAGE)
    number = min(max(1, page), pages)
    newest_first = select(Account).where(*asked).order_by(Account.created_at.desc(), Account.id.desc())
    rows = session.scalars(newest_first.limit(PEOPLE_PAGE).offset((number - 1) * PEOPLE_PAGE)).all()
    return Page(rows, number, pages)


def person(session: Session, actor: Actor, account_id: int) -> Account:
    """One account; NotFound where there is none."""
    require(actor, Act.ADMINISTER)
    found = session.get(Account, account_id)
    if found is None:
        raise NotFound(_("There is no such account (any more)."))
    return found


def former_names(session: Session, actor: Actor, account: Account) -> Sequence[FormerName]:
    """What somebody was called, the latest first."""
    require(actor, Act.ADMINISTER)
    asked = select(FormerName).where(FormerName.account_id == account.id)
    return session.scalars(asked.order_by(FormerName.changed_at.desc())).all()


def sessions_number(session: Session, actor: Actor, account: Account) -> int:
    """In how many browsers somebody is signed in; where those are is theirs to know."""
    require(actor, Act.ADMINISTER)
    return session.scalar(select(func.count(AccountSession.id)).where(AccountSession.account_id == account.id)) or 0


def states_of(session: Session, actor: Actor, people: Sequence[Account]) -> Mapping[int, State]:
    """Account id → the state that matters most."""
    require(actor, Act.ADMINISTER)
    suspended = suspensions(session, [one.id for one in people], clock.now())
    return {one.id: _state_of(one, suspended=one.id in suspended) for one in people}


def _state_of(account: Account, *, suspended: bool) -> State:
    if account.is_placeholder:
        return State.PLACEHOLDER
    if account.deactivated_at is not None:
        return State.GONE
    if suspended:
        return State.SUSPENDED
    return State.HERE if account.confirmed_at is not None else State.UNCONFIRMED


def _holding(words: str) -> list[ColumnElement[bool]]:
    if not words:
        return []
    low = words.lower().replace("\0", "")
    places = (func.lower(Account.name), func.lower(Account.display_name), Account.email_key)
    once = select(FormerName.account_id).where(func.lower(FormerName.name).contains(low, autoescape=True))
    return [or_(*(place.contains(low, autoescape=True) for place in places), Account.id.in_(once))]


def _in_state(state: str) -> list[ColumnElement[bool]]:
    now = clock.now()
    real = Account.placeholder_since.is_(None)
    wanted: dict[str, list[ColumnElement[bool]]] = {
        State.HERE: [real, Account.confirmed_at.is_not(None), Account.deactivated_at.is_(None)],
        State.UNCONFIRMED: [real, Account.confirmed_at.is_(None), Account.deactivated_at.is_(None)],
        State.PLACEHOLDER: [Account.placeholder_since.is_not(None)],
        State.SUSPENDED: [real, is_suspended(Account.id, now)],
        State.GONE: [real, Account.deactivated_at.is_not(None)],
        "newcomers": [real, Account.trust == Trust.NEWCOMER, Account.deactivated_at.is_(None)],
        "staff": [Account.id.in_(select(GroupMember.account_id).where(GroupMember.group_id.in_(_ROLES)))],
    }
    return wanted.get(state, [])


def _counted(session: Session, column: InstrumentedAttribute[K]) -> dict[K, int]:
    return {row[0]: row[1] for row in session.execute(select(column, func.count()).group_by(column))}
