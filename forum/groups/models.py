"""Waiting to come into a group."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model


class GroupRequest(Model):
    """A member asks to come in (`asked`), or an owner asks a member to (`invited`). Kept when it is decided."""

    __tablename__ = "group_requests"
    __table_args__ = (
        CheckConstraint("kind in ('asked', 'invited')", name="kind"),
        CheckConstraint("decision in ('', 'yes', 'no', 'withdrawn')", name="decision"),
        Index("ix_group_requests_account_id", "account_id", "group_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(7))
    # Who asked: the member, or the owner who invites.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    words: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    decision: Mapped[str] = mapped_column(String(9), default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(String(500), default="")

    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])
    by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[by_id])


# One open request or invitation a person and group; it also lists what waits in a group.
Index(
    "uq_group_requests_open",
    GroupRequest.group_id,
    GroupRequest.account_id,
    unique=True,
    sqlite_where=text("decided_at IS NULL"),
    postgresql_where=text("decided_at IS NULL"),
)
