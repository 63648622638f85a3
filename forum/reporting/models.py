"""The table of reports."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class IllegalReport(Model):
    """Somebody says that something here is against the law. Its id is the number that they are told."""

    __tablename__ = "illegal_reports"
    __table_args__ = (
        CheckConstraint("subject_kind in ('post', 'topic', 'account')", name="subject_kind"),
        CheckConstraint("decision in ('', 'removed', 'limited', 'kept')", name="decision"),
        Index("ix_illegal_reports_decided_at", "decided_at", "id"),
        Index("ix_illegal_reports_at", "at"),
        Index("ix_illegal_reports_email_at", "email", "at"),
        Index("ix_illegal_reports_subject", "subject_kind", "subject_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    subject_kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int]
    # Where it stood when it was reported: a path of ours.
    path: Mapped[str] = mapped_column(String(300))
    # A key of `grounds.GROUNDS`, and why in the words of whoever sent it.
    ground: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text)
    # Who sent it; both empty where they need not be given, and half a year after the decision.
    name: Mapped[str] = mapped_column(String(80), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    # The language in which they hear back.
    locale: Mapped[str] = mapped_column(String(10), default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    decision: Mapped[str] = mapped_column(String(8), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    reopened_at: Mapped[datetime | None]

    @property
    def author_id(self) -> int | None:
        """Whoever sent it, where they have an account."""
        return self.account_id
