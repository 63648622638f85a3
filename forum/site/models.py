"""The one row about the place itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model

SITE_ID = 1


class Site(Model):
    """Name, greeting and accent of the community; there is exactly one."""

    __tablename__ = "site"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=SITE_ID, autoincrement=False)
    name: Mapped[str] = mapped_column(String(80), default="Trellis")
    tagline: Mapped[str] = mapped_column(String(200), default="")
    welcome_source: Mapped[str] = mapped_column(Text, default="")
    welcome_html: Mapped[str] = mapped_column(Text, default="")
    # A hexadecimal colour each, or empty for the house's leaf green.
    accent: Mapped[str] = mapped_column(String(7), default="")
    accent_dark: Mapped[str] = mapped_column(String(7), default="")
    # When the demo community was seeded: production refuses to start on such a database.
    seeded_at: Mapped[datetime | None]
    # SHA-256 of the one-time link by which the first visitor becomes administrator; empty once used.
    setup_hash: Mapped[str] = mapped_column(String(64), default="")

    @property
    def appearance_version(self) -> str:
        """Part of the address of the host's stylesheet; changes with its colours."""
        return f"{self.accent}{self.accent_dark}".replace("#", "")
