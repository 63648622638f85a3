"""Ordering work for later, and once more, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.db.dialect import upsert
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.jobs.events import JobRetried
from forum.jobs.models import Job
from forum.permissions import Act, Actor, require


def enqueue(
    session: Session,
    name: str,
    payload: dict[str, Any] | None = None,
    *,
    run_at: datetime | None = None,
    key: str | None = None,
) -> None:
    """Have `name` done at or after `run_at` (now). With a `key`: only one such row waits at a time."""
    now = clock.now()
    row = {
        "name": name,
        "payload": payload or {},
        "key": key,
        "created_at": now,
        "run_at": run_at or now,
        "lease": "",
        "attempts": 0,
        "last_error": "",
    }
    upsert(session, Job.__table__, [row], key=["key"])  # type: ignore[arg-type]


def retry(session: Session, actor: Actor, job: Job) -> None:
    """Have a job that was given up done now, with all its attempts before it."""
    require(actor, Act.ADMINISTER)
    if job.given_up_at is None:
        raise Invalid(_("This job is waiting for its turn already."))
    job.given_up_at, job.attempts, job.run_at = None, 0, clock.now()
    emit(session, JobRetried(job.id, actor.account_id))
