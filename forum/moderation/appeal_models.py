"""The table of objections: somebody whom a decision concerns says that it was wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model
from forum.moderation.models import Ruling

_OPEN = text("state = 'open'")


class Appeal(Model):
    """An objection to a decision. One at a time: the next is heard when the last was answered."""

    __tablename__ = "appeals"
    __table_args__ = (
        Index("uq_appeals_open", "ruling_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_appeals_ruling_id", "ruling_id"),
        Index("ix_appeals_at", "at"),
        Index("ix_appeals_decided_at", "decided_at"),
        CheckConstraint("state in ('open', 'upheld', 'reversed', 'withdrawn')", name="state"),
        CheckConstraint("words <> ''", name="words"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ruling_id: Mapped[int] = mapped_column(ForeignKey("rulings.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    # Whoever objects says that it is about the organization: none of its people answers.
    about_host: Mapped[bool] = mapped_column(default=False)
    # open; upheld: the decision stays; reversed: it is as if it had never been; withdrawn.
    state: Mapped[str] = mapped_column(String(10), default="open")
    # Who answered it, as what, with which words; they took no part in the decision.
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[str] = mapped_column(String(20), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    # What reversing took back, so that it can be put in force again.
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    ruling: Mapped[Ruling] = relationship(lazy="raise")
    account: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[account_id])
