"""What the guard reads of a board: its summary row, kept by `actions/counting.py`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Label, ScalarSelect, func, select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.boards.reach import public, staff_only
from forum.organization.counts import NOT_EVALUATED, NOTHING, Counts, Evaluated, Rate, edge
from forum.organization.hours import Hours
from forum.organization.models import BoardHour, BoardSummary
from forum.organization.notice_models import Incident, SafetyNotice
from forum.organization.queries.chartering import BoardCharter, charter_in_force
from forum.organization.rules import ENOUGH_FIRST_REPLIES
from forum.organization.situation import BoardState
from forum.organization.stages import Limits, Position, Stage


def board_state(
    session: Session, board: Board, now: datetime, *, lock: bool = False, charter: BoardCharter | None = None
) -> BoardState:
    """The board as the guard is told of it: its 28 days exact to the hour. `charter`: what it says of the board, where
    somebody has read it already.

    One question, the incident's included. One more each: for the charter; to `lock` the board, so that nobody else
    publishes there until the transaction ends; where an hour has passed since anybody moved the sums along; where the
    organization seeded within 28 days.

    Without a summary it is at inception with nothing counted, and measured when it was made: where nobody measures, the
    guard only advises after 36 hours. Nothing is counted on a board that not every member may see.
    """
    if lock:
        hold(session, board.id)
    row = session.execute(
        select(
            *_SUMMARY,
            public().label("is_public"),
            staff_only().label("is_staff_only"),
            _incident_since(now).label("incident_since"),
            _notices(board.id, now).label("notices"),
        )
        .select_from(Board)
        .outerjoin(BoardSummary, BoardSummary.board_id == Board.id)
        .where(Board.id == board.id)
    ).one()
    found = _stored(session, row, now)
    counts = found.counts if row.is_public else NOTHING
    charter = charter or charter_in_force(session, board.id, now)
    limits = charter.limits[found.evaluated.position.stage]
    announces = board.announces(now)
    return BoardState(
        found.evaluated.position,
        limits,
        Hours(ZoneInfo(board.time_zone), holidays=charter.service.holidays),
        row.measured_at or board.created_at,
        our_posts=counts.our_posts,
        posts=counts.posts,
        our_topics=counts.our_topics,
        topics=counts.topics,
        seeds=_seeds(session, board.id, limits, now) if counts.seeds else 0,
        announcements=max(0, (counts.our_topics if announces else counts.announcements) - row.notices),
        pins=len(found.pins),
        staff_first=_rate(found.evaluated.staff_first),
        peer_first=board.is_peer_first(now),
        is_for_announcements=announces,
        is_staff_only=row.is_staff_only,
        is_review_overdue=charter.is_overdue,
        shadow_until=max((until for until in (row.shadow_until, charter.shadow_until) if until), default=None),
        incident_since=row.incident_since,
    )


def _incident_since(now: datetime) -> ScalarSelect[datetime]:
    """Since when an incident goes on, None where none does."""
    going_on = (Incident.started_at <= now, Incident.until > now, Incident.ended_at.is_(None))
    return select(func.min(Incident.started_at)).where(*going_on).scalar_subquery()


def _notices(board_id: int, now: datetime) -> ScalarSelect[int]:
    """Announcements on the board that its budget does not ask for: notices of safety, security and law."""
    beside = (SafetyNotice.board_id == board_id, SafetyNotice.at >= edge(now), SafetyNotice.announces)
    return select(func.count()).select_from(SafetyNotice).where(*beside).scalar_subquery()


def hold(session: Session, board_id: int) -> None:
    """Lock the board's row until the transaction ends: who publishes there next waits."""
    session.execute(select(Board.id).where(Board.id == board_id).with_for_update(key_share=True))


@dataclass(frozen=True)
class Stored:
    """A summary row as it is at an instant. `pins`: when those that are up come down."""

    counts: Counts = NOTHING
    evaluated: Evaluated = NOT_EVALUATED
    pins: Sequence[datetime] = ()


def stored(session: Session, board_id: int, now: datetime) -> Stored:
    """What is stored of a board."""
    row = session.execute(select(*_SUMMARY).where(BoardSummary.board_id == board_id)).one_or_none()
    return Stored() if row is None else _stored(session, row, now)


def stored_of(session: Session, boards: Collection[int], now: datetime) -> Mapping[int, Stored]:
    """Board id → what is stored, of those that have something. Two questions, however many."""
    rows = session.execute(select(*_SUMMARY).where(BoardSummary.board_id.in_(boards))).all()
    behind = [row.board_id for row in rows if row.counted_from < edge(now)]
    gone = _passed_of(session, behind, edge(now)) if behind else {}
    return {
        row.board_id: Stored(counted(row) - gone.get(row.board_id, NOTHING), _evaluated(row), _up(row, now))
        for row in rows
    }


def hours(session: Session, board_id: int, since: datetime) -> dict[datetime, Counts]:
    """Hour → what was published on the board within it, from an hour on."""
    rows = session.execute(
        select(*BoardHour.__table__.columns).where(BoardHour.board_id == board_id, BoardHour.hour >= since)
    )
    return {row.hour: counted(row) for row in rows}


def passed(session: Session, board_id: int, first: datetime) -> Counts:
    """What was published before the first hour that counts, as far as it is kept."""
    return counted(
        session.execute(select(*_sums()).where(BoardHour.board_id == board_id, BoardHour.hour < first)).one()
    )


def _passed_of(session: Session, boards: Collection[int], first: datetime) -> Mapping[int, Counts]:
    asked = select(BoardHour.board_id, *_sums()).where(BoardHour.board_id.in_(boards), BoardHour.hour < first)
    return {row.board_id: counted(row) for row in session.execute(asked.group_by(BoardHour.board_id))}


def _sums() -> list[Label[int]]:
    return [func.coalesce(func.sum(getattr(BoardHour, name)), 0).label(name) for name in asdict(NOTHING)]


def counted(row: Any) -> Counts:
    """The counts of a summary or an hour."""
    return Counts(*(getattr(row, name) for name in asdict(NOTHING)))


_SUMMARY = list(BoardSummary.__table__.columns)


def _stored(session: Session, row: Any, now: datetime) -> Stored:
    if row.board_id is None:
        return Stored()
    return Stored(_counts(session, row, now), _evaluated(row), _up(row, now))


def _evaluated(row: Any) -> Evaluated:
    then = Fraction(row.voice_k, row.voice_n) if row.voice_n else None
    position = Position(Stage(row.stage), row.since, row.in_a_row, then)
    return Evaluated(position, _rates(row.staff_first), _rates(row.peer_answers))


def _up(row: Any, now: datetime) -> Sequence[datetime]:
    ends = (datetime.fromisoformat(end) for end in row.pins)
    return [end for end in ends if end > now]


def _counts(session: Session, row: Any, now: datetime) -> Counts:
    """The sums, without the hours that have passed out of the 28 days since they were moved along."""
    if row.counted_from >= edge(now):
        return counted(row)
    return counted(row) - passed(session, row.board_id, edge(now))


def _seeds(session: Session, board_id: int, limits: Limits, now: datetime) -> int:
    _, span = limits.seeds
    since = edge(now, span)
    asked = select(func.sum(BoardHour.seeds)).where(BoardHour.board_id == board_id, BoardHour.hour >= since)
    return session.scalar(asked) or 0


def _rates(pairs: Sequence[Sequence[int]]) -> tuple[Rate, ...]:
    return tuple(Rate(k, n) for k, n in pairs)


def _rate(rates: Sequence[Rate]) -> Fraction | None:
    """Of the last evaluation; None where it was too few to say."""
    last = rates[-1] if rates else Rate(0, 0)
    return Fraction(last.k, last.n) if last.n >= ENOUGH_FIRST_REPLIES else None
