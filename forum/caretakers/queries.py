"""Reads of who looks after which board, and who of them is a peer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from forum.accounts import queries as accounts
from forum.accounts.ignoring import OFFICE
from forum.accounts.models import Account, GroupMember, GroupRow
from forum.boards import moderating
from forum.boards import queries as boards
from forum.boards.models import Appointment, Board, BoardRight
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.organization import queries as organizations
from forum.organization.models import Affiliation, Organization
from forum.permissions import Act, Actor, Group, Right, allows, require


@dataclass(frozen=True, slots=True)
class Caretaker:
    """Somebody who looks after a board. `until`: when their term ends; `reason`: why they were asked; both only where
    they were appointed. `organization`: to whom they belong; empty: a peer."""

    account: Account
    until: datetime | None = None
    reason: str = ""
    organization: str = ""


@dataclass(frozen=True, slots=True)
class CaretakersPage:
    """Who looks after a board. `own`: what the reader is asked, or does now."""

    board: Board
    appointed: Sequence[Caretaker]
    others: Sequence[Caretaker]
    has_peer: bool
    host: str
    own: Sequence[Appointment]


@dataclass(frozen=True, slots=True)
class AppointmentsPage:
    """What administrators see of a board: who is asked, who looks after it, and who did."""

    open: Sequence[Appointment]
    over: Sequence[Appointment]
    has_peer: bool


# ── who is a peer ─────────────────────────────────────────────────────────────────────────────────────────────────────


def peer_moderators(session: Session, board_id: int | None = None) -> frozenset[int]:
    """Account ids of those who moderate a board, or (None) the whole place, and are peers."""
    if board_id is None:
        whole = select(GroupMember.account_id).where(GroupMember.group_id == int(Group.MODERATORS))
        return frozenset(session.scalars(_peers().where(Account.id.in_(whole))))
    among = Account.id.in_(moderating.moderators_of(board_id))
    return frozenset(session.scalars(_peers().where(among, boards.seen_by(board_id))))


def has_peer(session: Session) -> bool:
    """Whether a peer moderates the whole place."""
    return bool(peer_moderators(session))


def boards_without_peer(session: Session, ids: Sequence[int]) -> Sequence[tuple[str, str]]:
    """Slug and name of those of the boards that no peer moderates, by name."""
    board = aliased(Board)
    among = Account.id.in_(moderating.moderators_of(board.id))
    asked = select(board.slug, board.name).where(
        board.id.in_(ids), board.archived_at.is_(None), ~_peers().where(among, boards.seen_by(board.id)).exists()
    )
    return [(row.slug, row.name) for row in session.execute(asked.order_by(board.name))]


def is_peer(session: Session, account_id: int) -> bool:
    """Whether somebody is a peer now."""
    asked = select(Account.id).where(Account.id == account_id, organizations.is_peer(Account.id))
    return session.scalar(asked) is not None


def moderates_as_peer(session: Session, account_id: int) -> bool:
    """Whether somebody is a peer and moderates the place or a board, be it that they are held back just now."""
    appointed = select(Appointment.account_id).where(*moderating.in_force(clock.now()))
    grouped = select(GroupMember.account_id).where(_moderates(GroupMember.group_id))
    asked = select(Account.id).where(
        Account.id == account_id,
        organizations.is_peer(Account.id),
        or_(Account.id.in_(grouped), Account.id.in_(appointed)),
    )
    return session.scalar(asked) is not None


def moderates(session: Session, group_id: int) -> bool:
    """Whether whoever is in a group moderates the place, or a board."""
    return session.scalar(select(GroupRow.id).where(GroupRow.id == group_id, _moderates(GroupRow.id))) is not None


def _moderates(group_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    on_boards = select(BoardRight.group_id).where(BoardRight.right == str(Right.MODERATE))
    return or_(group_id.in_(OFFICE), group_id.in_(on_boards))


def _peers() -> Select[int]:
    """Peers, and here."""
    return select(Account.id).where(
        accounts.is_here(clock.now()), accounts.is_public(), organizations.is_peer(Account.id)
    )


# ── who looks after a board ───────────────────────────────────────────────────────────────────────────────────────────


def caretakers_of(session: Session, board: Board) -> Sequence[Caretaker]:
    """Those appointed for a board, the longest first; each with the organization that is theirs. One query."""
    now = clock.now()
    rows = session.execute(
        moderating.appointed(board.id, Account, Appointment.until, Appointment.reason, Organization.name)
        .join(Account, Account.id == Appointment.account_id)
        .outerjoin(
            Affiliation,
            (Affiliation.account_id == Account.id) & organizations.in_force(now)[0] & organizations.in_force(now)[1],
        )
        .outerjoin(Organization, Organization.id == Affiliation.organization_id)
        .where(accounts.is_here(now), accounts.is_public(), boards.seen_by(board.id))
        .order_by(Appointment.since, Appointment.id)
    )
    found = {row[0].id: Caretaker(row[0], row[1], row[2], row[3] or "") for row in rows}
    return list(found.values())


def caretakers_page(session: Session, actor: Actor, slug: str) -> CaretakersPage:
    """Everybody who looks after a board that the actor sees, and what is asked of the actor."""
    board = boards.board_by_slug(session, actor, slug)
    appointed = caretakers_of(session, board)
    known = {one.account.id for one in appointed}
    host = organizations.host(session)
    own = session.scalars(_own(actor).where(or_(Appointment.board_id == board.id, Board.parent_id == board.id)))
    return CaretakersPage(
        board=board,
        appointed=appointed,
        others=[one for one in _by_group(session, board) if one.account.id not in known] if actor.sees_people else (),
        has_peer=bool(peer_moderators(session, board.id)),
        host=host.name if host is not None else "",
        own=() if actor.is_guest else own.all(),
    )


def _by_group(session: Session, board: Board) -> Sequence[Caretaker]:
    now = clock.now()
    rows = session.execute(
        select(Account, Organization.name)
        .outerjoin(
            Affiliation,
            (Affiliation.account_id == Account.id) & organizations.in_force(now)[0] & organizations.in_force(now)[1],
        )
        .outerjoin(Organization, Organization.id == Affiliation.organization_id)
        .where(Account.id.in_(moderating.by_group(board.id)), accounts.is_here(now), accounts.is_public())
        .where(boards.seen_by(board.id))
        .order_by(Account.name_key)
    )
    return list({row[0].id: Caretaker(row[0], organization=row[1] or "") for row in rows}.values())


# ── appointments ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _with_all() -> Select[Appointment]:
    return (
        select(Appointment)
        .join(Appointment.board)
        .options(joinedload(Appointment.board), joinedload(Appointment.account))
    )


def _own(actor: Actor) -> Select[Appointment]:
    """Of the actor: asked, or running now."""
    runs = or_(Appointment.since.is_(None), Appointment.until > clock.now())
    mine = Appointment.account_id == (actor.account_id or 0)
    return _with_all().where(mine, Appointment.ended_at.is_(None), runs).order_by(Appointment.id)


def appointments_page(session: Session, actor: Actor, board: Board) -> AppointmentsPage:
    """All appointments of one board."""
    require(actor, Act.APPOINT, board)
    rows = session.scalars(_with_all().where(Appointment.board_id == board.id).order_by(Appointment.id.desc())).all()
    now = clock.now()

    def is_over(row: Appointment) -> bool:
        return row.ended_at is not None or (row.until is not None and row.until <= now)

    return AppointmentsPage(
        open=[row for row in rows if not is_over(row)],
        over=[row for row in rows if is_over(row)],
        has_peer=bool(peer_moderators(session, board.id)),
    )


def appointment(session: Session, actor: Actor, appointment_id: int, *, lock: bool = False) -> Appointment:
    """One's own, or for administrators anybody's, with board and account; else NotFound. `lock`: for verbs."""
    wanted = _with_all().where(Appointment.id == appointment_id)
    if lock:
        wanted = wanted.with_for_update(of=Appointment).execution_options(populate_existing=True)
    row = session.scalars(wanted).first()
    if row is None or not (row.account_id == actor.account_id or allows(actor, Act.APPOINT, row.board)):
        raise NotFound(_("There is no such appointment (any more)."))
    return row


def asked(session: Session, account_id: int, board_id: int) -> Appointment | None:
    """What waits for their answer."""
    return session.scalars(
        select(Appointment).where(
            Appointment.account_id == account_id,
            Appointment.board_id == board_id,
            Appointment.since.is_(None),
            Appointment.ended_at.is_(None),
        )
    ).first()


def running(session: Session, account_id: int, board_id: int, now: datetime) -> Appointment | None:
    """The term that runs, locked."""
    mine = (Appointment.account_id == account_id, Appointment.board_id == board_id)
    return session.scalars(select(Appointment).where(*mine, *moderating.in_force(now)).with_for_update()).first()
