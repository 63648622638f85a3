"""The table of saved replies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model
from forum.organization.saved_replies import LONGEST_NAME


class SavedReply(Model):
    """A text that somebody of an organization begins replies with. `account_id`: whose own it is; None: the
    organization's, for all its people."""

    __tablename__ = "saved_replies"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    source: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
