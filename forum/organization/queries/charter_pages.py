"""The charter as everybody may see it: what holds, who does what, earlier versions, and the decision log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import Invalid, NotFound
from forum.core.paging import Page, pages_for
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.organization.charter import UNWRITTEN, Charter, people_of
from forum.organization.charter_json import from_json
from forum.organization.dials import DIALS
from forum.organization.differences import Change, diff
from forum.organization.models import Affiliation, CharterVersion, Decision, Organization
from forum.organization.queries import chartering
from forum.organization.queries import in_force as belongs_at
from forum.organization.queries.vacancies import vacant_roles
from forum.organization.stages import Stage
from forum.organization.versions import InForce, Version, in_force, is_looser
from forum.permissions import Actor, Role

LOG_PAGE = 20
NAMED_FOR = timedelta(days=400)
"""So long a decision is offered as what is behind something new; whoever knows an older one enters it anew."""


@dataclass(frozen=True)
class OwnLimits:
    """A board that has limits of its own: (stage, key, its value, the value of all boards)."""

    board: str
    dials: Sequence[tuple[Stage, str, int, int]]


@dataclass(frozen=True)
class CharterPage:
    """A charter to read. `now`: what holds (or what was saved, for an earlier version). `people`: those of it who
    belong to the organization, None for who does not stand by name on its page. `vacant`: roles with nobody in them,
    since when. `called`: the boards that the reader may see; `other_boards`: how many more have limits of their own."""

    organization: Organization
    now: InForce
    row: CharterVersion | None
    people: Mapping[int, Account | None]
    vacant: Mapping[Role, datetime]
    called: Mapping[int, str]
    own: Sequence[OwnLimits]
    other_boards: int
    is_overdue: bool


@dataclass(frozen=True)
class VersionPage:
    """A version, whole, with what it differs in from another; `against`: its number, 0 for none at all."""

    page: CharterPage
    against: int
    changes: Sequence[Change]
    numbers: Sequence[int]


def charter_page(session: Session, actor: Actor) -> tuple[CharterPage, Sequence[CharterVersion]]:
    """The charter that holds now, and all its versions, the latest first."""
    there = chartering.chartered_organization(session)
    saved = chartering.versions(session, there.id)
    now = in_force([_as_version(row) for row in saved], clock.now())
    return _page(session, actor, there, now, saved[0] if saved else None), saved


def version_page(session: Session, actor: Actor, number: int, against: int | None) -> VersionPage:
    """A version beside another, else beside the one before it; NotFound."""
    there = chartering.chartered_organization(session)
    row = chartering.version(session, there.id, number)
    other = number - 1 if against is None else against
    before = from_json(chartering.version(session, there.id, other).data) if other else UNWRITTEN
    charter = from_json(row.data)
    page = _page(session, actor, there, InForce(row.saved_at, charter, number=number, saved_at=row.saved_at), row)
    called = chartering.boards_by_name(session, boards.visible(actor))
    numbers = select(CharterVersion.number).where(CharterVersion.organization_id == there.id)
    known = session.scalars(numbers.order_by(CharterVersion.number)).all()
    return VersionPage(page, other, diff(before, charter, called), known)


def changes_since(session: Session, actor: Actor, organization: Organization, base: int) -> Sequence[Change]:
    """What the latest version differs in from the one that somebody began with."""
    latest = chartering.latest_version(session, organization.id)
    began = chartering.version(session, organization.id, base).data if base else None
    before = UNWRITTEN if began is None else from_json(began)
    after = UNWRITTEN if latest is None else from_json(latest.data)
    return diff(before, after, chartering.boards_by_name(session, boards.visible(actor)))


def decision_log(session: Session, page: int = 1) -> tuple[Organization, Page[Decision]]:
    """The decisions, the latest first; NotFound for a page that is not there."""
    there = chartering.chartered_organization(session)
    count = session.scalar(select(func.count()).where(Decision.organization_id == there.id)) or 0
    pages = pages_for(count, LOG_PAGE)
    if not 1 <= page <= pages:
        raise NotFound
    asked = select(Decision).where(Decision.organization_id == there.id).order_by(Decision.number.desc())
    rows = session.scalars(asked.limit(LOG_PAGE).offset((page - 1) * LOG_PAGE)).all()
    return there, Page(rows, page, pages)


def decision(session: Session, number: int) -> tuple[Organization, Decision, Sequence[int]]:
    """One decision, with the numbers of the versions of the charter that name it; NotFound."""
    there = chartering.chartered_organization(session)
    found = session.scalars(
        select(Decision).where(Decision.organization_id == there.id, Decision.number == number)
    ).first()
    if found is None:
        raise NotFound
    naming = select(CharterVersion.number).where(CharterVersion.decision_id == found.id)
    return there, found, session.scalars(naming.order_by(CharterVersion.number)).all()


def recent_decisions(session: Session) -> Mapping[int, str]:
    """Numbers and titles of the host's decisions that can be behind something new: of the last 400 days, the latest
    first, with the versions of the charter that name them already. None before it has a name."""
    asked = (
        select(Decision.number, Decision.title, CharterVersion.number.label("version"))
        .outerjoin(CharterVersion, CharterVersion.decision_id == Decision.id)
        .join(Organization, Organization.id == Decision.organization_id)
        .where(Organization.is_host, Decision.decided_on >= clock.now().date() - NAMED_FOR)
    )
    named, behind = dict[int, str](), defaultdict[int, list[str]](list)
    for row in session.execute(asked.order_by(Decision.number.desc(), CharterVersion.number)):
        named[row.number] = f"{row.number} · {row.title}"
        if row.version is not None:
            behind[row.number].append(str(row.version))
    return {number: _with_versions(title, behind[number]) for number, title in named.items()}


def _with_versions(title: str, versions: Sequence[str]) -> str:
    if not versions:
        return title
    said = {"decision": title, "versions": ", ".join(versions)}
    return ngettext(
        "%(decision)s (behind version %(versions)s)",
        "%(decision)s (behind versions %(versions)s)",
        len(versions),
        **said,
    )


def known_decision(session: Session, number: int) -> int | None:
    """The number of a decision of the host's that is named; None for 0, which names none. Invalid for any other."""
    if not number:
        return None
    asked = select(Decision.number).join(Organization, Organization.id == Decision.organization_id)
    if session.scalar(asked.where(Organization.is_host, Decision.number == number)) is None:
        raise Invalid(_("There is no decision of this number."), "decision")
    return number


@dataclass(frozen=True)
class Named:
    """A decision that a new version names, and the versions that were looser for it already."""

    decision: Decision
    before: Sequence[int]


def named_decision(session: Session, organization: Organization, number: int | None) -> Named | None:
    """The decision of that number; None where there is none."""
    its = (Decision.organization_id == organization.id, Decision.number == number)
    found = session.scalars(select(Decision).where(*its)).first() if number else None
    if found is None:
        return None
    saved = [_as_version(row) for row in reversed(chartering.versions(session, organization.id))]
    naming = set(session.scalars(select(CharterVersion.number).where(CharterVersion.decision_id == found.id)))
    former = [UNWRITTEN, *(one.charter for one in saved)]
    looser = [one.number for was, one in zip(former, saved, strict=False) if is_looser([was], one.charter)]
    return Named(found, [number for number in looser if number in naming])


@dataclass(frozen=True)
class Loosened:
    """A board that waits less by its own setting: from when members answer first no more, or the organization
    announces there; `decision`: the number of the one behind it."""

    board: Board
    decision: int | None


def loosened_boards(session: Session, actor: Actor) -> Sequence[Loosened]:
    """Boards that were set looser, as far as the actor sees them."""
    set_looser = or_(Board.peer_first_ends_at.is_not(None), Board.announces_from.is_not(None))
    rows = session.scalars(select(Board).where(boards.visible(actor), set_looser).order_by(Board.name))
    return [Loosened(board, board.loosened_by) for board in rows]


def _as_version(row: CharterVersion) -> Version:
    return Version(row.number, row.saved_at, from_json(row.data))


def _page(session: Session, actor: Actor, there: Organization, now: InForce, row: CharterVersion | None) -> CharterPage:
    called = chartering.boards_by_name(session, boards.visible(actor))
    ids = list(
        dict.fromkeys(id_ for charter in (*(one for one, _until in now.earlier), now.charter) for id_ in charter.boards)
    )
    own = [OwnLimits(called[id_], _differing(now, id_)) for id_ in ids if id_ in called]
    known = chartering.boards_by_name(session) if len(own) < len(ids) else called
    return CharterPage(
        organization=there,
        now=now,
        row=row,
        people=_by_consent(session, there, now.charter),
        vacant=vacant_roles(session, now, clock.now()) if now.since is not None else {},
        called=called,
        own=sorted((one for one in own if one.dials), key=lambda one: one.board.casefold()),
        other_boards=sum(1 for id_ in ids if id_ in known and id_ not in called),
        is_overdue=now.is_overdue(clock.now().astimezone(now.service.zone).date()),
    )


def _differing(now: InForce, board_id: int) -> list[tuple[Stage, str, int, int]]:
    dials = [(stage, key, now.dial(key, stage, board_id), now.dial(key, stage)) for key in DIALS for stage in Stage]
    return [one for one in dials if one[2] != one[3]]


def _by_consent(session: Session, there: Organization, charter: Charter) -> Mapping[int, Account | None]:
    ids = people_of([charter])
    if not ids:
        return {}
    rows = session.execute(
        select(Account, Affiliation.listed_at)
        .join(Affiliation, Affiliation.account_id == Account.id)
        .where(Account.id.in_(ids), Affiliation.organization_id == there.id)
        .where(*belongs_at(clock.now()), Account.deactivated_at.is_(None))
    )
    return {person.id: person if listed_at is not None else None for person, listed_at in rows}
