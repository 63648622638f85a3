"""Tables of announcements: whom one went to by mail, and when each member had the last one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class AnnouncementTurn(Model):
    """When a member's last announcement went out by mail or push: the next one in 7 days, whatever its board.

    One row a member, so that two announcements at the same moment cannot both reach them.
    """

    __tablename__ = "announcement_turns"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    last_at: Mapped[datetime]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)


class AnnouncementDelivery(Model):
    """How an announcement reaches a member: by mail, or (not `by_mail`) in the digest, since they had one this week."""

    __tablename__ = "announcement_deliveries"
    __table_args__ = (
        Index("ix_announcement_deliveries_account_id", "account_id"),
        Index(
            "ix_announcement_deliveries_unwritten",
            "post_id",
            "account_id",
            sqlite_where=text("by_mail AND written_at IS NULL"),
            postgresql_where=text("by_mail AND written_at IS NULL"),
        ),
    )

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    by_mail: Mapped[bool]
    # When the mail stood in the outbox, or the digest had it.
    written_at: Mapped[datetime | None]
