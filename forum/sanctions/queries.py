"""Reads of sanctions and notes: the member's own page, and the record that moderators see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from forum.accounts import queries as accounts
from forum.accounts.ignoring import OFFICE
from forum.accounts.models import Account, GroupMember
from forum.accounts.sanction_models import Sanction
from forum.accounts.sanctioned import in_force
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Kind, allows, require
from forum.sanctions.models import MemberNote
from forum.sanctions.steps import next_step


@dataclass(frozen=True, slots=True)
class Member:
    """An account as those stand to it who keep the peace. `is_in_office`: moderates or administers; `is_confirmed`:
    somebody who may decide of it did, and a peer confirms that."""

    id: int
    is_in_office: bool
    is_confirmed: bool = False


@dataclass(frozen=True)
class Record:
    """What is known of a member for who has to decide: what applies, what applied, what moderators noted (None: not
    for this reader). `next_days`: of the next suspension; None: open."""

    account: Account
    standing: Sequence[Sanction]
    past: Sequence[Sanction]
    notes: Sequence[MemberNote] | None
    suspended_before: int

    @property
    def has_reasons(self) -> bool:
        """Whether decisions stand behind what applies, to which the member objects."""
        return any(row.ruling_id is not None for row in self.standing)

    @property
    def next_days(self) -> int | None:
        return next_step(self.suspended_before)


def member(session: Session, account: Account, *, is_confirmed: bool = False) -> Member:
    """The account as the table asks for it."""
    office = exists().where(GroupMember.account_id == account.id, GroupMember.group_id.in_(OFFICE))
    return Member(account.id, bool(session.scalar(select(office))), is_confirmed)


def member_called(session: Session, actor: Actor, name: str) -> Account:
    """Whose page `/u/<name>/moderation` is, for themselves and for moderators; NotFound for everybody else."""
    account = accounts.by_name(session, name)
    if account is None or actor.is_guest or not allows(actor, Act.SEE_SANCTIONS, account):
        raise NotFound(_("There is nobody here by this name."))
    return account


def record_of(session: Session, actor: Actor, account: Account) -> Record:
    """All that was decided of a member and is noted of them: for moderators, and without notes for themselves."""
    require(actor, Act.SEE_SANCTIONS, account)
    now = clock.now()
    rows = session.scalars(
        select(Sanction)
        .options(joinedload(Sanction.by))
        .where(Sanction.account_id == account.id)
        .order_by(Sanction.id.desc())
    ).all()
    return Record(
        account=account,
        standing=[row for row in rows if is_in_force(row, now)],
        past=[row for row in rows if not is_in_force(row, now)],
        notes=_notes(session, account) if allows(actor, Act.SEE_NOTES, member(session, account)) else None,
        suspended_before=sum(row.kind == Kind.SUSPENSION for row in rows),
    )


def is_in_force(row: Sanction, now: datetime) -> bool:
    """Whether it holds somebody back; the same as `accounts.sanctioned.in_force`, over a row."""
    return row.lifted_at is None and row.acknowledged_at is None and (row.until is None or row.until > now)


def _notes(session: Session, account: Account) -> Sequence[MemberNote]:
    return session.scalars(
        select(MemberNote)
        .options(joinedload(MemberNote.author))
        .where(MemberNote.account_id == account.id)
        .order_by(MemberNote.id.desc())
    ).all()


def sanction(session: Session, actor: Actor, sanction_id: int) -> Sanction:
    """One sanction with its member, for the member and for moderators; NotFound else."""
    row = session.scalars(
        select(Sanction).options(joinedload(Sanction.account)).where(Sanction.id == sanction_id)
    ).first()
    if row is None or actor.is_guest or not allows(actor, Act.SEE_SANCTIONS, row.account):
        raise NotFound(_("There is no such decision (any more)."))
    return row


def unread_warning(session: Session, actor: Actor) -> Sanction | None:
    """The actor's oldest warning that waits to be read."""
    return session.scalars(
        select(Sanction)
        .where(Sanction.account_id == (actor.account_id or 0), Sanction.kind == Kind.WARNING, in_force(clock.now()))
        .order_by(Sanction.id)
        .limit(1)
    ).first()


def note(session: Session, actor: Actor, note_id: int) -> tuple[MemberNote, Account]:
    """A note and whom it is about; NotFound for who does not read notes."""
    row = session.get(MemberNote, note_id)
    account = session.get(Account, row.account_id) if row is not None else None
    if row is None or account is None or not allows(actor, Act.SEE_NOTES, member(session, account)):
        raise NotFound(_("There is no such note (any more)."))
    return row, account


def due(session: Session, now: datetime) -> Sequence[Sanction]:
    """Those whose time has come and whose members were not told so yet."""
    over = (Sanction.until <= now, Sanction.over_at.is_(None), Sanction.lifted_at.is_(None))
    return session.scalars(select(Sanction).where(*over).order_by(Sanction.id).limit(500)).all()
