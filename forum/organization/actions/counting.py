"""Keeping what the guard reads of a board, in the transaction that changes it. Nobody asks for it: verbs and the
calendar do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forum.core.db.dialect import upsert
from forum.organization.counts import NOTHING, Counts, Evaluated, Rate, edge, hour_of, of_post, total
from forum.organization.models import BoardHour, BoardSummary
from forum.organization.queries.state import counted, hold, hours, passed

SHADOW = timedelta(days=14)
"""So long a new board only hears advice (§3.1)."""


def begin_counting(session: Session, board_id: int, now: datetime) -> None:
    """A board is new, and nothing was published on it."""
    summary = _summary(session, board_id, now)
    summary.measured_at, summary.shadow_until = now, now + SHADOW
    session.flush()


def count_published(
    session: Session, board_id: int, at: datetime, *, intent: str, is_opening: bool, is_ours: bool
) -> None:
    """One countable post more, in the transaction that publishes it, which holds the board's row: it counted there."""
    summary, added = _summary(session, board_id, at), of_post(intent, is_opening=is_opening, is_ours=is_ours)
    _move_along(session, summary, at)
    _add(summary, added)
    row = session.get(BoardHour, (board_id, hour_of(at)), populate_existing=True)
    if row is None:
        session.add(BoardHour(board_id=board_id, hour=hour_of(at), **asdict(added)))
    else:
        _add(row, added)
    session.flush()


def set_hours(session: Session, board_id: int, found: Mapping[datetime, Counts], now: datetime) -> None:
    """These hours are what the rows say, whatever they were (what no longer counts is left aside)."""
    hold(session, board_id)
    summary = _summary(session, board_id, now)
    _move_along(session, summary, now)
    stored = hours(session, board_id, summary.counted_from)
    for hour, counts in found.items():
        before = stored.get(hour, NOTHING)
        if hour < summary.counted_from or counts == before:
            continue
        session.execute(delete(BoardHour).where(BoardHour.board_id == board_id, BoardHour.hour == hour))
        if counts != NOTHING:
            session.add(BoardHour(board_id=board_id, hour=hour, **asdict(counts)))
        _add(summary, counts - before)
    session.flush()


def set_all_hours(session: Session, board_id: int, found: Mapping[datetime, Counts], now: datetime) -> None:
    """The same of all that counts; the sums are made anew."""
    hold(session, board_id)
    summary = _summary(session, board_id, now)
    session.execute(delete(BoardHour).where(BoardHour.board_id == board_id))
    session.add_all(BoardHour(board_id=board_id, hour=hour, **asdict(counts)) for hour, counts in found.items())
    _add(summary, total(found.values()) - counted(summary))
    summary.counted_from = edge(now)
    session.flush()


def move_along(session: Session, board_id: int, now: datetime) -> None:
    """Hours that no longer count leave the sums; and the sums are those of now."""
    hold(session, board_id)
    summary = _summary(session, board_id, now)
    _move_along(session, summary, now)
    summary.measured_at = now
    session.flush()


def place(session: Session, board_id: int, found: Evaluated, now: datetime) -> None:
    """Where the board stands by its evaluations."""
    hold(session, board_id)
    summary, then = _summary(session, board_id, now), found.position.voice_then
    summary.stage, summary.since = str(found.position.stage), found.position.since
    summary.in_a_row = found.position.in_a_row
    summary.voice_k, summary.voice_n = (None, None) if then is None else (then.numerator, then.denominator)
    summary.staff_first, summary.peer_answers = _pairs(found.staff_first), _pairs(found.peer_answers)
    session.flush()


def keep_pins(session: Session, board_id: int, ends: Sequence[datetime], now: datetime) -> None:
    """Until when the organization's pins of the board are up."""
    hold(session, board_id)
    _summary(session, board_id, now).pins = [end.astimezone(UTC).isoformat() for end in sorted(ends)]
    session.flush()


def _pairs(rates: Sequence[Rate]) -> list[list[int]]:
    return [[rate.k, rate.n] for rate in rates]


def _summary(session: Session, board_id: int, now: datetime) -> BoardSummary:
    """The row, as it is now; made where there is none."""
    found = _fetch(session, board_id)
    if found is None:
        new = {"board_id": board_id, "counted_from": edge(now)}
        upsert(session, BoardSummary.__table__, [new], key=["board_id"])  # type: ignore[arg-type]
        found = _fetch(session, board_id)
    assert found is not None
    return found


def _fetch(session: Session, board_id: int) -> BoardSummary | None:
    return session.get(BoardSummary, board_id, populate_existing=True, with_for_update=True)


def _move_along(session: Session, summary: BoardSummary, now: datetime) -> None:
    first = edge(now)
    if summary.counted_from >= first:
        return
    if (gone := passed(session, summary.board_id, first)) != NOTHING:
        session.execute(delete(BoardHour).where(BoardHour.board_id == summary.board_id, BoardHour.hour < first))
        _add(summary, NOTHING - gone)
    summary.counted_from = first


def _add(row: BoardSummary | BoardHour, step: Counts) -> None:
    for name, value in asdict(counted(row) + step).items():
        setattr(row, name, value)
