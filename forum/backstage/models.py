"""Tables of internal notes and of assignments."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account, GroupRow
from forum.core.db import Model
from forum.posts.models import Topic


class InternalNote(Model):
    """A note of staff on a topic. Kept as it was written."""

    __tablename__ = "internal_notes"
    __table_args__ = (
        Index("ix_internal_notes_topic_id_id", "topic_id", "id"),
        Index("uq_internal_notes_author_id_once", "author_id", "once", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    source: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    # Against pressing twice.
    once: Mapped[str | None] = mapped_column(String(40))

    author: Mapped[Account | None] = relationship(lazy="raise")
    topic: Mapped[Topic] = relationship(lazy="raise")


class Assignment(Model):
    """A topic is somebody's, or a group's, to see to. Kept when it ends: the rows are the topic's internal log."""

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint("(account_id is null) <> (group_id is null)", name="one"),
        CheckConstraint("outcome in ('', 'done', 'taken_back', 'handed_on')", name="outcome"),
        Index("ix_assignments_topic_id_id", "topic_id", "id"),
        # One at a time.
        Index(
            "uq_assignments_open",
            "topic_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    outcome: Mapped[str] = mapped_column(String(10), default="")

    account: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[account_id])
    group: Mapped[GroupRow | None] = relationship(lazy="raise")
    by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[by_id])
    ended_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[ended_by_id])
    topic: Mapped[Topic] = relationship(lazy="raise")
