"""Tables of organizations and affiliations (`organization.md` §1)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.db import Model


class Organization(Model):
    """The host, or a partner."""

    __tablename__ = "organizations"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    about_source: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    is_host: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Affiliation(Model):
    """A dated record that an account belongs to an organization, as `staff` or as its `bot`."""

    __tablename__ = "affiliations"
    __table_args__ = (
        CheckConstraint("kind in ('staff','bot')", name="kind"),
        Index("ix_affiliations_account_id_since", "account_id", "since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(5), default="staff")
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    organization: Mapped[Organization] = relationship(lazy="raise")
