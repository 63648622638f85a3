"""Tables of what people help with, and of who is away."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model


class HelpsWith(Model):
    """A member helps with what a tag is about."""

    __tablename__ = "helps_with"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True)


class Away(Model):
    """Somebody of the staff is away from one day to another, both included; days in the place's own zone."""

    __tablename__ = "aways"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    sentence: Mapped[str] = mapped_column(String(200), default="")
    backup_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))

    backup: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[backup_id])
