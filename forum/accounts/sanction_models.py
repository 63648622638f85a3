"""The table of sanctions. What is written of members, and how sanctions come and go, is in `forum.sanctions`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model


class Sanction(Model):
    """A warning, or something that a member may not do for a while; with what they are told of it."""

    __tablename__ = "sanctions"
    __table_args__ = (
        CheckConstraint("kind in ('warning', 'withdrawn', 'read_only', 'suspension')", name="kind"),
        CheckConstraint("(kind = 'withdrawn') = (\"right\" <> '')", name="right"),
        CheckConstraint("kind not in ('withdrawn', 'read_only') or until is not null", name="end"),
        Index("ix_sanctions_account_id", "account_id"),
        Index("ix_sanctions_until", "until"),
        Index("ix_sanctions_since", "since"),
        Index("ix_sanctions_ruling_id", "ruling_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    # permissions.Kind; `right`: one of permissions.RIGHTS where only that was withdrawn.
    kind: Mapped[str] = mapped_column(String(10))
    right: Mapped[str] = mapped_column(String(8), default="")
    # What the member is told: keys of `site.rules.RULES` and `DETECTED`, what happened, whether a machine decided.
    rule: Mapped[str] = mapped_column(String(20))
    facts: Mapped[str] = mapped_column(Text)
    detected: Mapped[str] = mapped_column(String(8), default="")
    automated: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime]
    # None: until somebody lifts it, or for a warning until it is read.
    until: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    # In which role: moderator, administrator, house (a job or rule of this place), import.
    role: Mapped[str] = mapped_column(String(20))
    # The decision that imposed it, to which the member objects; None: by the house, imported, or from before.
    ruling_id: Mapped[int | None] = mapped_column(ForeignKey("rulings.id", name="fk_sanctions_ruling_id"))
    acknowledged_at: Mapped[datetime | None]
    # When its time had come and the member was told so.
    over_at: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    lift_reason: Mapped[str] = mapped_column(String(300), default="")

    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])
    by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[by_id])
