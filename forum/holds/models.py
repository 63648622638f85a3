"""Tables of what waits for a moderator: watched words, held words, and what newcomers link to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.boards.models import Board
from forum.core.db import Model
from forum.drafts.models import Unpublished
from forum.holds.words import Action, Watched


class WatchedWord(Model):
    """A word or phrase that is watched for in what people write."""

    __tablename__ = "watched_words"
    __table_args__ = (
        CheckConstraint(
            "action in ('block','hold','flag','censor','replace','tag','silence','warn')",
            name="action",
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pattern: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(8))
    # Only there; None: everywhere.
    board_id: Mapped[int | None] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), index=True)
    in_links: Mapped[bool] = mapped_column(default=False)
    # What replaces it, or the slug of the tag that it puts on the topic.
    instead: Mapped[str] = mapped_column(String(80), default="")
    # Who added it; None: it came with the forum.
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    added_at: Mapped[datetime]

    board: Mapped[Board | None] = relationship(lazy="raise")
    added_by: Mapped[Account | None] = relationship(lazy="raise")

    def watched(self) -> Watched:
        """As the matcher takes it."""
        return Watched(self.pattern, Action(self.action), self.board_id, self.in_links, self.instead)


class HeldPost(Unpublished, Model):
    """Somebody's words that wait for a moderator, a topic where there is none yet, and what was decided."""

    __tablename__ = "held_posts"
    __table_args__ = (
        CheckConstraint("state in ('held','released','rejected','withdrawn')", name="state"),
        Index("ix_held_posts_author_id_opened_at", "author_id", "opened_at"),
        Index("uq_held_posts_author_id_once", "author_id", "once", unique=True),
        Index("ix_held_posts_closed_at", "closed_at"),
        Index(
            "ix_held_posts_board_id_held",
            "board_id",
            sqlite_where=text("state = 'held'"),
            postgresql_where=text("state = 'held'"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    # The topic that they answer; None: they would begin one.
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    reply_to_number: Mapped[int | None]
    # As they were rendered: whoever lets them through needs not render them again.
    html: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text)
    words: Mapped[int]
    renderer_version: Mapped[int]
    # Why the organization speaks now, where its people said so.
    grounds: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Lines of the table of rules that applied: {"rule": "links", "about": ""}, in its order; and the first of them.
    reasons: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    detector: Mapped[str] = mapped_column(String(12))
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default="held")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    # Why it was not let through, for its author.
    why: Mapped[str] = mapped_column(String(500), default="")
    # By or about the host as it was written: watched words may have been blackened since.
    concerns_host: Mapped[bool] = mapped_column(default=False)
    # What it became, also while that is taken away again.
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="SET NULL"), index=True)

    board: Mapped[Board] = relationship(lazy="raise")
    author: Mapped[Account] = relationship(lazy="raise", foreign_keys=[author_id])

    @property
    def is_held(self) -> bool:
        """It waits."""
        return self.state == "held"


class NewLink(Model):
    """Somebody who is new wrote an address at this host; forgotten after some days."""

    __tablename__ = "new_links"

    host: Mapped[str] = mapped_column(String(120), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(index=True)
