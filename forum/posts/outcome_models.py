"""Tables of how topics end: who backs them, who doubts their answer, who was asked to answer; and the indexes of the
lists that show topics by how they stand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model
from forum.posts.models import Post, Topic

VOTE, TOO = "vote", "too"


class Backing(Model):
    """A member's vote for an idea, or their "I have this too" under a question."""

    __tablename__ = "backings"
    __table_args__ = (CheckConstraint("kind in ('vote', 'too')", name="kind"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(4), primary_key=True)
    created_at: Mapped[datetime]
    # The duplicate whose merging brought this vote here; undoing that takes it away again.
    from_topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)


class Doubt(Model):
    """A reader says that an answer, or a reference page, is no longer true. It asks the author, later everybody."""

    __tablename__ = "doubts"
    __table_args__ = (
        CheckConstraint("verdict in ('', 'true', 'outdated', 'withdrawn')", name="verdict"),
        Index("ix_doubts_post_id", "post_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    sentence: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    # When everybody was told, because the author had not answered.
    told_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    verdict: Mapped[str] = mapped_column(String(9), default="")

    by: Mapped[Account] = relationship(lazy="raise", foreign_keys=[by_id])


class Invitation(Model):
    """Somebody was asked to answer a question; once a question, and seldom."""

    __tablename__ = "answer_invitations"
    __table_args__ = (
        CheckConstraint("state in ('open', 'answered', 'handed_on', 'declined')", name="state"),
        Index("uq_answer_invitations_topic_id_account_id", "topic_id", "account_id", unique=True),
        Index("ix_answer_invitations_account_id_created_at", "account_id", "created_at"),
        Index("ix_answer_invitations_by_id_created_at", "by_id", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(9), default="open")

    by: Mapped[Account] = relationship(lazy="raise", foreign_keys=[by_id])


def _where(name: str, condition: str, *columns: Any, unique: bool = False) -> Index:
    """An index of the few rows that meet a condition."""
    return Index(name, *columns, unique=unique, sqlite_where=text(condition), postgresql_where=text(condition))


# One open doubt a post; the calendar looks for them.
_where("uq_doubts_open", "settled_at IS NULL", Doubt.post_id, unique=True)

# Where the staff wrote lately.
_where("ix_posts_by_staff", "affiliation_kind = 'staff'", Post.created_at)

_LATEST = (Topic.board_id, Topic.bumped_at, Topic.id)
_where("ix_topics_peerless", "first_peer_at IS NULL AND deleted_at IS NULL", *_LATEST)
_where("ix_topics_unsolved", "solved_at IS NULL AND deleted_at IS NULL", *_LATEST)
_where("ix_topics_solved", "solved_at IS NOT NULL AND deleted_at IS NULL", *_LATEST)
_where("ix_topics_solved_open", "solved_at IS NOT NULL AND locked_at IS NULL", Topic.last_post_at)

_VOTES = (Topic.vote_count.desc(), Topic.created_at, Topic.id)
Index("ix_topics_board_id_votes", Topic.board_id, *_VOTES)
Index("ix_topics_board_id_idea_state", Topic.board_id, Topic.idea_state, *_VOTES)
