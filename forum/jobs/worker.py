"""The worker: leases due rows, does them, forgets them; retries what failed with growing pauses.

A lease is taken in one short transaction and the work done in another, so a worker that dies leaves a row that
becomes due again when its lease runs out: everything is done at least once. Formula of the pause: 30 s · 2^attempts,
at most 6 h; after 12 attempts the row stays, given up, with its error.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import or_, select

from forum.core import clock
from forum.core.db import db, reading, transaction
from forum.core.db.dialect import claimable
from forum.jobs.actions import enqueue
from forum.jobs.models import Job

log = logging.getLogger(__name__)

Work = Callable[..., None]

LEASE = timedelta(minutes=5)
PAUSE_S = 30
LONGEST_PAUSE_S = 6 * 3600
ATTEMPTS = 12


def pause(attempts: int) -> timedelta:
    """How long to wait before trying again, after `attempts` (≥ 1) failures."""
    return timedelta(seconds=min(LONGEST_PAUSE_S, PAUSE_S * 2 ** (attempts - 1)))


def claim(now: datetime) -> Job | None:
    """Lease the oldest due row, or None. One that ended its worker too often is given up instead."""
    with transaction() as session:
        job = session.scalars(
            select(Job)
            .where(
                Job.given_up_at.is_(None),
                Job.run_at <= now,
                or_(Job.leased_until.is_(None), Job.leased_until <= now),
            )
            .order_by(Job.run_at, Job.id)
            .limit(1)
            .with_for_update(**claimable(session))
        ).first()
        if job is None:
            return None
        if job.attempts >= ATTEMPTS:
            _give_up(job, now, "The worker ended each time while it was doing this.")
            return None
        job.lease = str(uuid.uuid4())
        job.leased_until = now + LEASE
        job.attempts += 1
        session.flush()
        session.expunge(job)  # work that rolls back what it read must not forget whose work it is
        return job


def run_one(jobs: Mapping[str, Work]) -> bool:
    """Do the next due job. Returns whether there was one."""
    reading().rollback()
    job = claim(clock.now())
    if job is None:
        return False
    try:
        jobs[job.name](**job.payload)
    except Exception as error:
        log.exception("job %s %s failed at attempt %s", job.id, job.name, job.attempts)
        _failed(job, f"{type(error).__name__}: {error}")
    else:
        _done(job)
    return True


def _mine(job: Job) -> Any:
    return (Job.id == job.id, Job.lease == job.lease)


def _done(job: Job) -> None:
    with transaction() as session:
        row = session.scalars(select(Job).where(*_mine(job))).first()
        if row is not None:
            session.delete(row)


def _failed(job: Job, error: str) -> None:
    now = clock.now()
    with transaction() as session:
        row = session.scalars(select(Job).where(*_mine(job))).first()
        if row is None:
            return
        row.last_error = error[:4000]
        row.leased_until = None
        row.run_at = now + pause(row.attempts)
        if row.attempts >= ATTEMPTS:
            _give_up(row, now, row.last_error)


def _give_up(row: Job, now: datetime, error: str) -> None:
    """It stays, with its error, for whoever looks after the place; its key is free for another."""
    row.last_error, row.given_up_at, row.key, row.leased_until = error, now, None, None


def plan(calendar: Mapping[str, int]) -> None:
    """See that each job of the calendar has a row waiting for its next turn (`seconds` apart)."""
    now = clock.now()
    with transaction() as session:
        for name, seconds in calendar.items():
            turn = int(now.timestamp()) // seconds
            start = datetime.fromtimestamp((turn + 1) * seconds, tz=now.tzinfo)
            enqueue(session, name, run_at=start, key=f"calendar:{name}")


def work(app: Flask, jobs: Mapping[str, Work], calendar: Mapping[str, int], stop: threading.Event) -> None:
    """Until `stop`: do what is due; look again each second; keep the calendar."""
    next_plan = 0.0
    while not stop.is_set():
        with app.app_context():
            try:
                if clock.now().timestamp() >= next_plan:
                    plan(calendar)
                    next_plan = clock.now().timestamp() + 30
                busy = run_one(jobs)
            except Exception:
                log.exception("the worker stumbled; it goes on")
                busy = False
            finally:
                db.session.remove()
        if not busy:
            stop.wait(1.0)
