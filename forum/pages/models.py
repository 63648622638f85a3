"""Tables of pages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class HousePage(Model):
    """A page about the place, at its own address."""

    __tablename__ = "pages"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    # As its published version has it; before the first, as its draft has it.
    title: Mapped[str] = mapped_column(String(80))
    in_footer: Mapped[bool] = mapped_column(default=True)
    # The number of the version that holds; None: cannot be read.
    published_number: Mapped[int | None]
    created_at: Mapped[datetime]


class PageVersion(Model):
    """A wording of a page. At most one a page, its latest, is not published yet: the draft."""

    __tablename__ = "page_versions"
    __table_args__ = (Index("uq_page_versions_page_id_number", "page_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    # What is different from the version before, in the words of who wrote it.
    summary: Mapped[str] = mapped_column(String(300), default="")
    # Whether members were asked to accept it before they write on.
    ask_again: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    published_at: Mapped[datetime | None]


class PageAcceptance(Model):
    """Somebody accepted this version, then."""

    __tablename__ = "page_acceptances"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("page_versions.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    accepted_at: Mapped[datetime]
