"""Reads of jobs, for those who look after the place."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.jobs.models import Job
from forum.permissions import Act, Actor, require

SHOWN = 100


def given_up(session: Session, actor: Actor) -> Sequence[Job]:
    """The jobs that failed too often, the latest first; at most 100."""
    require(actor, Act.ADMINISTER)
    rows = select(Job).where(Job.given_up_at.is_not(None)).order_by(Job.given_up_at.desc(), Job.id.desc()).limit(SHOWN)
    return session.scalars(rows).all()


def struggling(session: Session, actor: Actor) -> Sequence[Job]:
    """The jobs that failed and will be tried again, the next first; at most 100."""
    require(actor, Act.ADMINISTER)
    failed = select(Job).where(Job.given_up_at.is_(None), Job.last_error != "")
    return session.scalars(failed.order_by(Job.run_at, Job.id).limit(SHOWN)).all()


def count_given_up(session: Session, actor: Actor) -> int:
    """How many there are."""
    require(actor, Act.ADMINISTER)
    return session.scalar(select(func.count(Job.id)).where(Job.given_up_at.is_not(None))) or 0


def job(session: Session, actor: Actor, job_id: int) -> Job:
    """One job; NotFound where it is done."""
    require(actor, Act.ADMINISTER)
    found = session.get(Job, job_id)
    if found is None:
        raise NotFound(_("This job is done, or was never there."))
    return found
