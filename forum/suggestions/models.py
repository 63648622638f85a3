"""The table of suggested wordings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model
from forum.posts.models import Post

OPEN, ACCEPTED, DECLINED, WITHDRAWN = "open", "accepted", "declined", "withdrawn"
_OPEN = text("state = 'open'")


class Suggestion(Model):
    """Another wording of a post, by whoever suggests it. Title and tags: of opening posts; None: left as they are."""

    __tablename__ = "suggestions"
    __table_args__ = (
        CheckConstraint("state in ('open','accepted','declined','withdrawn')", name="state"),
        Index("uq_suggestions_open", "post_id", "author_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    # Rises with whatever is done to it: who decides says what they looked at.
    version: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(String(255))
    tags: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    # What it was written over: the post may be changed meanwhile.
    base_source: Mapped[str] = mapped_column(Text)
    base_title: Mapped[str | None] = mapped_column(String(255))
    base_tags: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))

    state: Mapped[str] = mapped_column(String(9), default=OPEN)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    # What whoever declined said to its author.
    answer: Mapped[str] = mapped_column(String(300), default="")
    # Of an accepted one: what taking it back needs (`posts.actions.taking_over`).
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    post: Mapped[Post] = relationship(lazy="raise")
    author: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[author_id])
    decided_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])

    @property
    def board_id(self) -> int:
        """Where its post stands, for rules."""
        return self.post.board_id
