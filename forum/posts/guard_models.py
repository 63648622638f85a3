"""Tables of what the guard makes of posts: replies that stand by, what was posted all the same, and who is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.boards.models import Board
from forum.core.db import Model
from forum.organization.overriding import LONGEST_TEXT
from forum.posts.models import Topic


class StandBy(Model):
    """A reply of the organization that waits for members to speak first. Only its author and Hosts see it."""

    __tablename__ = "stand_bys"
    __table_args__ = (
        CheckConstraint(
            "state in ('held','published','cancelled_by_peer','released_by_asker','withdrawn','expired','moot')",
            name="state",
        ),
        Index("ix_stand_bys_author_id_created_at", "author_id", "created_at"),
        Index("uq_stand_bys_author_id_once", "author_id", "once", unique=True),
        # One waits in a topic at a time: the first.
        Index(
            "uq_stand_bys_held",
            "topic_id",
            unique=True,
            sqlite_where=text("state = 'held'"),
            postgresql_where=text("state = 'held'"),
        ),
        Index(
            "ix_stand_bys_look_at",
            "look_at",
            sqlite_where=text("state = 'held'"),
            postgresql_where=text("state = 'held'"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    reply_to_number: Mapped[int | None]
    # As it was rendered when it was kept: the clock publishes it without rendering again.
    source: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text)
    words: Mapped[int]
    renderer_version: Mapped[int]
    # How its author speaks in it: intent, capacity, role.
    voice: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    along: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    once: Mapped[str | None] = mapped_column(String(40))
    # Until when members have the first word, where that is known; and when it is looked at next.
    until: Mapped[datetime | None]
    look_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default="held")
    settled_at: Mapped[datetime | None]
    # What it became, or the member's reply that made it needless.
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="SET NULL"), index=True)
    # Why it could not be posted, where something else than the guard refused it.
    refusal: Mapped[str] = mapped_column(String(300), default="")

    topic: Mapped[Topic] = relationship(lazy="raise")

    @property
    def board_id(self) -> int:
        return self.topic.board_id


class Override(Model):
    """What was posted although a rule said wait: public, and never taken away."""

    __tablename__ = "overrides"
    __table_args__ = (
        Index("ix_overrides_at", "at", "id"),
        Index("ix_overrides_board_id_at", "board_id", "at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(8))
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="SET NULL"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="SET NULL"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    # Exact: a whole number, or a fraction.
    value: Mapped[str] = mapped_column(String(40), default="")
    limit: Mapped[str] = mapped_column("most", String(40), default="")
    reason: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    is_confidential: Mapped[bool] = mapped_column(default=False)
    # The role that was worn; "": they spoke for themselves.
    role: Mapped[str] = mapped_column(String(12), default="")

    board: Mapped[Board] = relationship(lazy="raise")
    topic: Mapped[Topic | None] = relationship(lazy="raise")


class OverrideRequest(Model):
    """A Host who did not write it is asked for leave to post something now. It is over after a day."""

    __tablename__ = "override_requests"
    __table_args__ = (
        CheckConstraint("place in ('reply','topic','edit')", name="place"),
        Index("ix_override_requests_author_id_asked_at", "author_id", "asked_at"),
        Index("ix_override_requests_expires_at", "expires_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    # Where it would stand, as drafts say it: a reply in a topic, a topic on a board, an edit of a post.
    place: Mapped[str] = mapped_column(String(5))
    place_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(255), default="")
    source: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    intent: Mapped[str] = mapped_column(String(10))
    # Of all that would be published (`fingerprints.py`), and what of it stands beside title and text.
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    about: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The numbers that the Host sees: a line for each rule that holds it.
    rules: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    is_confidential: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    is_approved: Mapped[bool] = mapped_column(default=False)
    used_at: Mapped[datetime | None]

    author: Mapped[Account] = relationship(lazy="raise", foreign_keys=[author_id])
    board: Mapped[Board] = relationship(lazy="raise")

    def is_open(self, now: datetime) -> bool:
        """Whether it waits for a Host."""
        return self.decided_at is None and now < self.expires_at

    def gives_leave(self, now: datetime) -> bool:
        """Whether a Host said yes, and it was not used yet."""
        return self.is_approved and self.used_at is None and now < self.expires_at
