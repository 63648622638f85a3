"""Tables of words that are not published yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model

Rest = dict[str, list[str]]


class Unpublished:
    """What the form of a topic or reply had, word for word, where something keeps it instead of publishing it."""

    title: Mapped[str] = mapped_column(String(255), default="")
    source: Mapped[str] = mapped_column(Text)
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    wants_org: Mapped[bool] = mapped_column(default=False)
    # How staff speak in it: intent, capacity, role.
    voice: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    # What comes along (`posts/companions.py`).
    along: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    once: Mapped[str | None] = mapped_column(String(40))


class Draft(Model):
    """What a member has written at a place and not published. Its id is never used again, so that `stamp` is not."""

    __tablename__ = "drafts"
    __table_args__ = (
        Index("uq_drafts_account_id_place_place_id", "account_id", "place", "place_id", unique=True),
        Index("ix_drafts_account_id_updated_at", "account_id", "updated_at"),
        Index("ix_drafts_updated_at", "updated_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    # "topic" with a board, "reply" with a topic, "edit" with a post, …
    place: Mapped[str] = mapped_column(String(10))
    place_id: Mapped[int]
    # Counts what was kept: a tab that has not seen the latest may not write.
    sequence: Mapped[int] = mapped_column(default=1)
    # The form that kept it last, and when by its own clock (milliseconds): its requests may overtake each other.
    tab: Mapped[str] = mapped_column(String(40), default="")
    tick: Mapped[int] = mapped_column(BigInteger, default=0)
    title: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    # The other fields of the form, by name.
    rest: Mapped[Rest] = mapped_column(JSON, default=dict)
    updated_at: Mapped[datetime]

    @property
    def stamp(self) -> str:
        """Which draft, and which wording of it: what a form carries to show that it has seen this one."""
        return f"{self.id}.{self.sequence}"


class WaitingText(Model):
    """What somebody wrote before signing in. Who has the secret in their cookie finds it again."""

    __tablename__ = "waiting_texts"
    __table_args__ = (
        Index("uq_waiting_texts_secret_hash", "secret_hash", unique=True),
        Index("ix_waiting_texts_created_at", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(10))
    place_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    # As it will look; empty where it cannot be taken as it is.
    html: Mapped[str] = mapped_column(Text, default="")
    rest: Mapped[Rest] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime]
