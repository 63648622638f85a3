"""An organization as everybody may see it: what it is, who speaks for it, and the log of roles."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, literal, select, union_all
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.core.words import gettext as _
from forum.organization.models import Affiliation, Organization, RoleGrant
from forum.organization.queries import affiliation_of, host, in_force
from forum.organization.queries.rota import on_duty_at
from forum.organization.rota import Shift
from forum.permissions import Actor, Role

LOG_PAGE = 50


@dataclass(frozen=True)
class Worn:
    """Who speaks in a role: those who stand there by name, with the boards where it is not all of them, and how many
    more there are."""

    role: Role
    people: Sequence[tuple[Account, Sequence[str]]]
    more: int


@dataclass(frozen=True)
class OrganizationPage:
    """An organization as everybody may see it. `unlisted`: how many of its people do not stand there by name; `bots`:
    its automated accounts, which have nothing to hide."""

    organization: Organization
    roles: Sequence[Worn]
    # Who is on duty now, in which role and on which boards: of the host alone.
    on_duty: Sequence[Worn]
    bots: Sequence[Account]
    partners: Sequence[Organization]


@dataclass(frozen=True)
class LogLine:
    """A line of the public log: a role was given, or it ended. `person`: None where they do not stand there by name."""

    at: datetime
    ended: bool
    role: Role
    person: Account | None
    boards: Sequence[str]
    # "" where it is a link, which might name whoever does not stand there by name.
    evidence: str


def organization_page(session: Session, actor: Actor, slug: str = "") -> OrganizationPage:
    """The host, or the organization with this address; NotFound."""
    found = _named(session, slug)
    now = clock.now()
    rows = session.execute(
        select(Affiliation, Account)
        .join(Account, Account.id == Affiliation.account_id)
        .where(Affiliation.organization_id == found.id, *in_force(now), Account.deactivated_at.is_(None))
        .order_by(Account.name_key)
    ).all()
    people = {account.id: (account, affiliation) for affiliation, account in rows}
    grants = session.scalars(
        select(RoleGrant).where(RoleGrant.organization_id == found.id, RoleGrant.until.is_(None))
    ).all()
    duty = on_duty_at(session, now) if found.is_host else []
    named = {*(one for grant in grants for one in grant.board_ids), *(one for shift in duty for one in shift.boards)}
    called = _boards_called(session, actor, named)
    worn = [_worn(role, [grant for grant in grants if grant.role == role], people, called) for role in Role]
    partners = session.scalars(select(Organization).where(Organization.id != found.id).order_by(Organization.name))
    return OrganizationPage(
        organization=found,
        roles=worn,
        on_duty=[_on_duty(duty, role, people, called) for role in Role if any(shift.role is role for shift in duty)],
        bots=[account for account, affiliation in people.values() if affiliation.kind == "bot"],
        partners=partners.all() if found.is_host else (),
    )


def role_log(session: Session, actor: Actor, slug: str = "", page: int = 1) -> tuple[Organization, Page[LogLine]]:
    """What roles were given and ended, the latest first. Who gave them is known to administrators, by their own log."""
    found = _named(session, slug)
    of_it = RoleGrant.organization_id == found.id
    lines = union_all(
        select(RoleGrant.id.label("id"), RoleGrant.since.label("at"), literal(0).label("ended")).where(of_it),
        select(RoleGrant.id, RoleGrant.until, literal(1)).where(of_it, RoleGrant.until.is_not(None)),
    ).subquery()
    count = session.scalar(select(func.count()).select_from(lines)) or 0
    pages = pages_for(count, LOG_PAGE)
    if not 1 <= page <= pages:
        raise NotFound
    listed = exists().where(
        Affiliation.account_id == RoleGrant.account_id,
        Affiliation.organization_id == RoleGrant.organization_id,
        Affiliation.listed_at.is_not(None),
        *in_force(clock.now()),
    )
    rows = session.execute(
        select(lines.c.at, lines.c.ended, RoleGrant, Account, listed.correlate(RoleGrant))
        .join(RoleGrant, RoleGrant.id == lines.c.id)
        .join(Account, Account.id == RoleGrant.account_id)
        .order_by(lines.c.at.desc(), lines.c.ended, RoleGrant.id.desc())
        .limit(LOG_PAGE)
        .offset((page - 1) * LOG_PAGE)
    ).all()
    called = _boards_called(session, actor, {one for _at, _ended, grant, *_who in rows for one in grant.board_ids})
    said = [
        LogLine(
            at=at,
            ended=bool(ended),
            role=Role(grant.role),
            person=account if by_name and account.deactivated_at is None else None,
            boards=boards_of(grant, called),
            evidence=grant.evidence if by_name or "://" not in grant.evidence else "",
        )
        for at, ended, grant, account, by_name in rows
    ]
    return found, Page(said, page, pages)


def own_affiliation(session: Session, actor: Actor) -> Affiliation:
    """The actor's own, with its organization; NotFound for peers."""
    found = affiliation_of(session, actor.account_id or 0, clock.now())
    if found is None:
        raise NotFound
    return found


def own_roles(session: Session, actor: Actor) -> list[tuple[Role, Sequence[str]]]:
    """The actor's own roles, with the boards where it is not all of them."""
    worn = actor.belonging.roles if actor.belonging is not None else {}
    ids = {board_id for board_ids in worn.values() for board_id in board_ids}
    rows = session.execute(select(Board.id, Board.name).where(Board.id.in_(ids))) if ids else ()
    called = {row.id: row.name for row in rows}
    return [(role, sorted(called[id_] for id_ in worn[role] if id_ in called)) for role in Role if role in worn]


def _named(session: Session, slug: str) -> Organization:
    found = (
        host(session) if not slug else session.scalars(select(Organization).where(Organization.slug == slug)).first()
    )
    if found is None:
        raise NotFound(_("There is no such organization."))
    return found


def _on_duty(
    shifts: Sequence[Shift], role: Role, people: Mapping[int, tuple[Account, Affiliation]], called: Mapping[int, str]
) -> Worn:
    """Each once, with the boards of all their shifts; for all boards where one of these is."""
    boards: dict[int, set[int]] = {}
    for shift in shifts:
        if shift.role is role and shift.person in people:
            known = boards.setdefault(shift.person, set(shift.boards))
            boards[shift.person] = known | shift.boards if known and shift.boards else set()
    listed = [people[person][0] for person in boards if people[person][1].listed_at is not None]
    named = [
        (account, sorted(called.get(board_id) or _("another board") for board_id in boards[account.id]))
        for account in sorted(listed, key=lambda one: one.name_key)
    ]
    return Worn(role, named, len(boards) - len(named))


def _worn(
    role: Role,
    grants: Sequence[RoleGrant],
    people: Mapping[int, tuple[Account, Affiliation]],
    called: Mapping[int, str],
) -> Worn:
    here = [(*people[grant.account_id], grant) for grant in grants if grant.account_id in people]
    listed = [
        (account, boards_of(grant, called)) for account, affiliation, grant in here if affiliation.listed_at is not None
    ]
    return Worn(role, sorted(listed, key=lambda one: one[0].name_key), len(here) - len(listed))


def _boards_called(session: Session, actor: Actor, ids: Collection[int]) -> Mapping[int, str]:
    """The names of these boards, those that the actor may see."""
    if not ids:
        return {}
    seen = select(Board.id, Board.name).where(Board.id.in_(ids), boards.visible(actor))
    return {row.id: row.name for row in session.execute(seen)}


def boards_of(grant: RoleGrant, called: Mapping[int, str]) -> list[str]:
    """Where it holds: nothing for everywhere. A board that the reader may not see is only said to be one."""
    return [called.get(board_id) or _("another board") for board_id in grant.board_ids]
