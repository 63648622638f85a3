"""Incidents, banners, notices of safety and the guard's failures, as everybody may read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.boards.reach import public
from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.organization.counts import SPAN
from forum.organization.models import BoardSummary
from forum.organization.notice_models import Banner, GuardLapse, Incident
from forum.organization.situation import STALE

PER_PAGE = 30
HOUR = timedelta(hours=1)
BLIND_FOR = 2 * HOUR
"""So long after the guard could not judge the public note stays: whether it can now shows with the next post."""


@dataclass(frozen=True)
class IncidentUse:
    """How often and how long incident mode was on."""

    times: int
    hours: int


def going_on(session: Session, now: datetime) -> Incident | None:
    """The incident that goes on."""
    wanted = (Incident.started_at <= now, Incident.until > now, Incident.ended_at.is_(None))
    return session.scalars(select(Incident).where(*wanted).order_by(Incident.id).limit(1)).first()


def incident_log(session: Session, page: int = 1) -> Page[Incident]:
    """All of them, the latest first; NotFound for a page that is not there."""
    pages = pages_for(session.scalar(select(func.count()).select_from(Incident)) or 0, PER_PAGE)
    if not 1 <= page <= pages:
        raise NotFound
    rows = select(Incident).order_by(Incident.started_at.desc(), Incident.id.desc())
    return Page(session.scalars(rows.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all(), page, pages)


def incident_use(session: Session, now: datetime) -> IncidentUse:
    """In the 28 days before now: incidents that were on, and their hours in these days, begun ones as whole ones."""
    since = now - SPAN
    rows = session.scalars(
        select(Incident).where(
            Incident.started_at < now,
            Incident.until > since,
            or_(Incident.ended_at.is_(None), Incident.ended_at > since),
        )
    ).all()
    spent = sum(((row.end(now) or now) - max(row.started_at, since) for row in rows), timedelta())
    return IncidentUse(len(rows), -(-spent // HOUR))


def banner_up(session: Session, now: datetime) -> Banner | None:
    """The banner that stands at the head of every page."""
    wanted = (Banner.until > now, Banner.ended_at.is_(None))
    return session.scalars(select(Banner).where(*wanted).order_by(Banner.id.desc()).limit(1)).first()


# ── where the guard has no numbers ────────────────────────────────────────────────────────────────────────────────────


def degraded_since(session: Session, now: datetime) -> datetime | None:
    """Since when the limits only advise on some public board, None where they hold: its numbers are too old, or the
    guard could not judge."""
    return min(filter(None, (_stale_since(session, now), _blind_since(session, now))), default=None)


def _stale_since(session: Session, now: datetime) -> datetime | None:
    measured = func.coalesce(BoardSummary.measured_at, Board.created_at)
    oldest = session.scalar(
        select(measured)
        .select_from(Board)
        .outerjoin(BoardSummary, BoardSummary.board_id == Board.id)
        .where(public(), Board.archived_at.is_(None))
        .order_by(measured)
        .limit(1)
    )
    return oldest if oldest is not None and now - oldest > STALE else None


def _blind_since(session: Session, now: datetime) -> datetime | None:
    hours: Sequence[datetime] = session.scalars(
        select(GuardLapse.hour)
        .where(GuardLapse.is_blind, GuardLapse.hour > now - SPAN)
        .order_by(GuardLapse.hour.desc())
    ).all()
    since, last = None, now
    for hour in hours:
        if last - hour > BLIND_FOR:
            break
        since = last = hour
    return since
