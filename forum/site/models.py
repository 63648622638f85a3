"""The one row about the place itself, and what administrators did to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model
from forum.site.banners import Line, lines_up
from forum.site.logos import Brand
from forum.site.settings import number

SITE_ID = 1
_REVOKED = text("deed = 'sanction_revoked'")


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
    # Setting → value, where it differs from the default of `settings.TABLE`. Here, and not in rows of their own, since
    # this row is read with every page anyway.
    settings: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    # Who may invite: a copy of the gate's word, kept by `forum/accounts`; here for the menu of every page.
    inviters: Mapped[str] = mapped_column(String(14), default="administrators")
    # What the organization that hosts the place is called: a copy, kept by `forum/organization`; here for every foot.
    host: Mapped[str] = mapped_column(String(80), default="")
    # The logo, as `forum.site.logos` writes it; empty: the house's own mark.
    logo: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The published pages, in order: [{"slug": …, "title": …, "footer": bool, "accepted": bool}]; kept by `forum/pages`.
    pages: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # Rises with every version of the rules that members are asked to accept before they write on.
    terms_version: Mapped[int] = mapped_column(default=0)
    # What stands at the head of every page: an incident, the banner (`forum.site.banners`); kept by
    # `forum/organization`, and here since this row is read with every page anyway.
    banners: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    def number(self, key: str) -> int:
        """The value of a setting; for templates."""
        return number(self.settings, key)

    @property
    def brand(self) -> Brand:
        """The logo in its variants, for those who show it."""
        return Brand.of(self.logo)

    def lines(self, now: datetime, seen: int) -> list[Line]:
        """What stands at the head of a page for a reader who put away the banner number `seen`."""
        return lines_up(self.banners, now, seen)

    @property
    def appearance_version(self) -> str:
        """Part of the address of the host's stylesheet; changes with its colours."""
        return f"{self.accent}{self.accent_dark}".replace("#", "")


class Deed(Model):
    """One line of the log of the administration: who did what, when, from what to what. It stays as it is."""

    __tablename__ = "deeds"
    __table_args__ = (
        Index("ix_deeds_about_subject", "about", "subject", "id"),
        Index("ix_deeds_sanction_revoked", "at", sqlite_where=_REVOKED, postgresql_where=_REVOKED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    # None: the house itself, by a command or a job.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    # What it was about: "setting", "board", "person" (`forum.admin.wording` names them all); and which one: key or id.
    about: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(80), default="")
    # What was done: "changed", "merged", …
    deed: Mapped[str] = mapped_column(String(30))
    # Plain values, as the deed needs them: {"value": 15}, {"name": "…"}.
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
