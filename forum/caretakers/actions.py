"""The verbs: asking a member to look after a board, their answer, and the end. All of it is in the log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.accounts import queries as accounts
from forum.accounts.models import Account, GroupMember
from forum.boards import moderating
from forum.boards import queries as boards
from forum.boards.models import Appointment, Board
from forum.caretakers import queries
from forum.caretakers.events import CaretakerAnswered, CaretakerAsked, CaretakingEnded, TermNears
from forum.caretakers.terms import NEARS, checked_term, checked_why, term_ends
from forum.core import clock
from forum.core.errors import Conflict, Invalid, gathered
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization import queries as organizations
from forum.permissions import Act, Actor, Trust, require
from forum.site.actions import note_deed


def appoint(session: Session, actor: Actor, board: Board, account: Account, months: int, reason: str) -> Appointment:
    """Ask a member to look after a board; nothing begins before their yes. Who does so now is asked to go on."""
    require(actor, Act.APPOINT, board)
    months, why, _fit = gathered(
        lambda: checked_term(months), lambda: checked_why(reason), lambda: _check_person(session, board, account)
    )
    if queries.asked(session, account.id, board.id) is not None:
        raise Conflict(_("%(name)s is asked already, and has not answered yet.", name=account.shown_name))
    row = Appointment(
        account_id=account.id,
        board_id=board.id,
        months=months,
        reason=why,
        asked_at=clock.now(),
        by_id=actor.account_id,
    )
    session.add(row)
    session.flush()
    said = {"name": board.name, "person": account.name, "number": months, "reason": why}
    note_deed(session, actor, "board", board.id, "appointed", after=said)
    emit(session, CaretakerAsked(row.id))
    return row


def accept(session: Session, actor: Actor, row: Appointment) -> None:
    """Say yes: the term begins, after the one that still runs. `row` locked, with board and account."""
    require(actor, Act.ANSWER_APPOINTMENT, row)
    _check_open(row)
    now = clock.now()
    _check_person(session, row.board, row.account)
    before = queries.running(session, row.account_id, row.board_id, now)
    row.since, begins = now, now
    if before is not None:
        begins = before.until or now
        _end(before, now, actor, "renewed")
    row.until = term_ends(begins, row.months)
    session.flush()
    said = {"name": row.board.name, "person": row.account.name, "when": f"{row.until:%Y-%m-%d}"}
    note_deed(session, actor, "board", row.board_id, "accepted", after=said)
    emit(session, CaretakerAnswered(row.id, True))


def decline(session: Session, actor: Actor, row: Appointment) -> None:
    """Say no, for which nobody needs a reason."""
    require(actor, Act.ANSWER_APPOINTMENT, row)
    _check_open(row)
    _end(row, clock.now(), actor, "declined")
    note_deed(session, actor, "board", row.board_id, "declined", before=_named(row))
    emit(session, CaretakerAnswered(row.id, False))


def resign(session: Session, actor: Actor, row: Appointment) -> None:
    """Look after it no more, from now on."""
    require(actor, Act.RESIGN, row)
    _check_running(row)
    _end(row, clock.now(), actor, "resigned")
    note_deed(session, actor, "board", row.board_id, "resigned", before=_named(row))
    emit(session, CaretakingEnded(row.id, actor.account_id))


def end_term(session: Session, actor: Actor, row: Appointment) -> None:
    """End it before its time, or do not ask after all."""
    require(actor, Act.APPOINT, row.board)
    if row.since is None:
        _check_open(row)
        _end(row, clock.now(), actor, "called_back")
        note_deed(session, actor, "board", row.board_id, "called_back", before=_named(row))
        return
    _check_running(row)
    _end(row, clock.now(), actor, "ended")
    note_deed(session, actor, "board", row.board_id, "dismissed", before=_named(row))
    note_peer_gone(session, actor, row.account_id, row.board_id)
    emit(session, CaretakingEnded(row.id, actor.account_id))


def note_peer_gone(session: Session, actor: Actor, account_id: int, board_id: int | None = None) -> None:
    """A peer was taken out of those who moderate the place, or a board: the public log says so (`openness`)."""
    if queries.is_peer(session, account_id):
        name = session.get_one(Account, account_id).name
        note_deed(session, actor, "peer", board_id or "", "taken_out", before={"name": name})


def keep_terms(session: Session, actor: Actor, batch: int) -> int:
    """Remind of terms that end soon, and close those that are over: they gave no right any more. Says how many."""
    require(actor, Act.KEEP_TIME)
    now = clock.now()
    running = (
        select(Appointment)
        .options(joinedload(Appointment.board), joinedload(Appointment.account))
        .where(Appointment.since.is_not(None), Appointment.ended_at.is_(None))
        .order_by(Appointment.id)
        .limit(batch)
        .with_for_update(of=Appointment)
    )
    over = session.scalars(running.where(Appointment.until <= now)).all()
    for row in over:
        _end(row, now, actor, "over")
        note_deed(session, actor, "board", row.board_id, "over", before=_named(row))
        emit(session, CaretakingEnded(row.id, None))
    near = session.scalars(
        running.where(Appointment.until > now, Appointment.until <= now + NEARS, Appointment.reminded_at.is_(None))
    ).all()
    for row in near:
        row.reminded_at = now
        emit(session, TermNears(row.id))
    session.flush()
    return max(len(over), len(near))


def _end(row: Appointment, now: datetime, actor: Actor, how: str) -> None:
    row.ended_at, row.ended_by_id, row.ending = now, actor.account_id, how


def _named(row: Appointment) -> dict[str, str]:
    return {"name": row.board.name, "person": row.account.name}


def _check_open(row: Appointment) -> None:
    if row.since is not None or row.ended_at is not None:
        raise Conflict(_("That is answered already."))


def _check_running(row: Appointment) -> None:
    if row.since is None or row.ended_at is not None or (row.until is not None and row.until <= clock.now()):
        raise Conflict(_("That has ended already."))


def _check_person(session: Session, board: Board, account: Account) -> None:
    """A member who is here, known here, human, and reads the board."""
    said, now = {"name": account.shown_name}, clock.now()
    there = select(Account.id).where(Account.id == account.id, accounts.is_here(now), accounts.is_public())
    if session.scalar(there) is None or account.confirmed_at is None:
        raise Invalid(_("%(name)s cannot take part here now.", **said), "person")
    if account.trust == Trust.NEWCOMER:
        raise Invalid(_("%(name)s is new here: ask somebody who knows the place.", **said), "person")
    if session.scalar(there.where(boards.seen_by(board.id))) is None:
        raise Invalid(_("%(name)s does not see this board.", **said), "person")
    if session.scalar(moderating.by_group(board.id).where(GroupMember.account_id == account.id)) is not None:
        raise Invalid(_("%(name)s moderates this board already, by a group.", **said), "person")
    affiliation = organizations.affiliation_of(session, account.id, now)
    if affiliation is not None and affiliation.kind == "bot":
        raise Invalid(_("Boards are looked after by human beings."), "person")
