"""The table of what moderators did to topics with the tools, and can undo for a while."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model


class BulkRun(Model):
    """One tool, used on one topic or on many at once."""

    __tablename__ = "bulk_runs"
    __table_args__ = (
        Index("ix_bulk_runs_by_id_at", "by_id", "at"),
        Index("ix_bulk_runs_at", "at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    # A key of `actions/tools.py`, and what it was told.
    tool: Mapped[str] = mapped_column(String(20))
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(String(300), default="")
    # What was done, in this order: {"topic": id, "title": …, "before": what undoing needs}; what was not: "why".
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # Of how many of them something was done.
    done: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))

    by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[by_id])
