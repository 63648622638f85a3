"""The table of jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class Job(Model):
    """Something to do at or after `run_at`. Finished rows are deleted; given-up ones stay with their error."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_due", "given_up_at", "run_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Two rows with one key cannot wait at once: the calendar uses it.
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]
    run_at: Mapped[datetime]
    lease: Mapped[str] = mapped_column(String(36), default="")
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    given_up_at: Mapped[datetime | None]
