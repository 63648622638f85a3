"""Tables of notices and of the channels that members chose for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.db import Model
from forum.posts.models import Post, Topic


class Notice(Model):
    """Something that one member should hear about. Of one thing (`about`) each hears once."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("uq_notices_recipient_id_about", "recipient_id", "about", unique=True),
        Index("ix_notices_recipient_id_id", "recipient_id", "id"),
        Index("ix_notices_about", "about"),
        Index("ix_notices_post_id", "post_id"),
        Index("ix_notices_topic_id", "topic_id"),
        Index("ix_notices_read_at", "read_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    # A key of `kinds.KINDS`, and how it compares with others about the same post.
    kind: Mapped[str] = mapped_column(String(24))
    strength: Mapped[int] = mapped_column(default=0)
    about: Mapped[str] = mapped_column(String(80))
    # Notices with one fold stand as one line.
    fold: Mapped[str] = mapped_column(String(80))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    # Of the post, so that reading up to it makes the notice seen; 0: not about a post.
    number: Mapped[int] = mapped_column(default=0)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    # What it is about when that is no topic: "group:7", "conversation:12"; its title and address on this site.
    subject: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(String(255), default="")
    url: Mapped[str] = mapped_column(String(300), default="")
    # Why this member hears it, where the kind does not say it all.
    reason: Mapped[str] = mapped_column(String(24), default="")
    # How many people a sum counts.
    people: Mapped[int] = mapped_column(default=1)
    # False: the member wants this kind elsewhere (mail, digest), not here.
    on_site: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    topic: Mapped[Topic | None] = relationship(lazy="raise")
    post: Mapped[Post | None] = relationship(lazy="raise")


# What the bell counts, and what reading a topic makes seen: few rows of the many.
_UNREAD = text("read_at IS NULL AND on_site")
Index(
    "ix_notices_unread",
    Notice.recipient_id,
    Notice.topic_id,
    sqlite_where=_UNREAD,
    postgresql_where=_UNREAD,
)


class ChannelChoice(Model):
    """What a member chose otherwise than `kinds.py` has it: one kind on one channel."""

    __tablename__ = "channel_choices"
    __table_args__ = (CheckConstraint("channel in ('site', 'mail', 'digest', 'push')", name="channel"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    channel: Mapped[str] = mapped_column(String(8), primary_key=True)
    is_on: Mapped[bool]


class GroupCall(Model):
    """A member mentioned a group: `@group` is heard once a day from each."""

    __tablename__ = "group_calls"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True)
    called_at: Mapped[datetime]
