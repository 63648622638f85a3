"""Tables of spam accounts removed in bulk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model
from forum.moderation.models import Ruling

RUNNING, DONE, UNDOING, UNDONE, FORGOTTEN = "running", "done", "undoing", "undone", "forgotten"
_STANDS = text("state <> 'undone'")


class SpamRemoval(Model):
    """Everything of one account taken away at once; it can be given back while its owner may object."""

    __tablename__ = "spam_removals"
    __table_args__ = (
        CheckConstraint("state in ('running', 'done', 'undoing', 'undone', 'forgotten')", name="state"),
        # Of one account there is one that stands, whoever presses at the same time.
        Index(
            "uq_spam_removals_account_id", "account_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS
        ),
        Index("ix_spam_removals_state_at", "state", "at"),
        Index("ix_spam_removals_at", "at"),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    # The decision: why, and how it was taken back, stand there.
    # None is without one: SQLite adds no column to a table that must have something in it.
    ruling_id: Mapped[int] = mapped_column(
        ForeignKey("rulings.id", name="fk_spam_removals_ruling_id"), index=True, nullable=True
    )
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(9), default=RUNNING)
    # How many things there were, and how many of them are taken away by now.
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    # What the profile said, and which blocks were set along.
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))

    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])
    by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[by_id])
    ruling: Mapped[Ruling] = relationship(lazy="raise")


class SpamPart(Model):
    """Some of what was taken away, of one kind, in the order in which it went."""

    __tablename__ = "spam_parts"

    id: Mapped[int] = mapped_column(primary_key=True)
    removal_id: Mapped[int] = mapped_column(ForeignKey("spam_removals.id", ondelete="CASCADE"), index=True)
    # posts, notices, or a kind of `spam.actions.TAKEN`.
    kind: Mapped[str] = mapped_column(String(12))
    kept: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
