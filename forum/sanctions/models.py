"""What moderators note of a member, for one another. Edited by nobody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model


class MemberNote(Model):
    """A note of a moderator about a member."""

    __tablename__ = "member_notes"
    __table_args__ = (Index("ix_member_notes_account_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)

    author: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[author_id])
