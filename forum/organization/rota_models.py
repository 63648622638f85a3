"""The table of shifts: who is on duty in a role (`organization.md` §4)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model
from forum.permissions import Role


class ShiftRow(Model):
    """A shift as it was entered. What counts of it, with who is away and who left, is a `rota.Shift`."""

    __tablename__ = "shifts"
    __table_args__ = (
        CheckConstraint("role in ({})".format(", ".join(f"'{role}'" for role in Role)), name="role"),
        CheckConstraint("since < until", name="length"),
        Index("ix_shifts_organization_id_until", "organization_id", "until"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    role: Mapped[str] = mapped_column(String(12))
    # Ids of the boards that it covers; none: all of them.
    board_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    person_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    backup_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    # The zone in whose local time it was entered, and in which it is shown when it is changed.
    zone: Mapped[str] = mapped_column(String(40))
    # When its person was reminded of it, the day before.
    reminded_at: Mapped[datetime | None]

    person: Mapped[Account] = relationship(lazy="raise", foreign_keys=[person_id])
    backup: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[backup_id])
