"""Ordering work for later, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.db.dialect import upsert
from forum.jobs.models import Job


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
