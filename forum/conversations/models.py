"""Tables of private conversations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model


class Conversation(Model):
    """Words between some people. `kind`: private, group (all of its members see it), moderators (one a member)."""

    __tablename__ = "conversations"
    __table_args__ = (
        CheckConstraint("kind in ('private', 'group', 'moderators')", name="kind"),
        Index("ix_conversations_group_id", "group_id", "last_message_at"),
        Index("ix_conversations_kind", "kind", "last_message_at"),
        Index("ix_conversations_started_by_id", "started_by_id", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120), default="")
    # The group it is addressed to; None when that is gone: then only those who sit in it by name still see it.
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="SET NULL"))
    # Whose conversation with the moderators this is.
    member_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), unique=True)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    last_number: Mapped[int] = mapped_column(default=0)
    last_message_at: Mapped[datetime]


class Seat(Model):
    """Somebody in a conversation, and how far they have read.

    `takes_part`: by name. Members of its group and moderators see a conversation by being that; their row, made when
    they first look, only remembers what they have read.
    """

    __tablename__ = "conversation_seats"
    __table_args__ = (Index("ix_conversation_seats_account_id", "account_id", "archived_at"),)

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    takes_part: Mapped[bool]
    since: Mapped[datetime]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    # Messages up to this number are not theirs to read; 0: they see everything.
    sees_after: Mapped[int] = mapped_column(default=0)
    last_read: Mapped[int] = mapped_column(default=0)
    muted_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])


class Message(Model):
    """Somebody's words, or a note of who came and went (`action`)."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("uq_messages_conversation_id_number", "conversation_id", "number", unique=True),
        Index("uq_messages_author_id_once", "author_id", "once", unique=True),
        Index("ix_messages_author_id_created_at", "author_id", "created_at"),
        Index("ix_messages_renderer_version", "renderer_version"),
        CheckConstraint("action in ('', 'invited', 'left')", name="action"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(8), default="")
    # Whom the note is about, where that is not who did it.
    about_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    source: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    plain: Mapped[str] = mapped_column(Text, default="")
    renderer_version: Mapped[int] = mapped_column(default=0)
    edited_at: Mapped[datetime | None]
    # Taken away with everything else of a spam account: its words are kept elsewhere for a week, then gone.
    removed_at: Mapped[datetime | None]
    # The form that sent it, so that pressing twice sends once.
    once: Mapped[str | None] = mapped_column(String(40))

    author: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[author_id])
    about: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[about_id])
    conversation: Mapped[Conversation] = relationship(lazy="raise")

    @property
    def is_note(self) -> bool:
        return self.action != ""


class MessageReport(Model):
    """One message that somebody shows to the moderators, with how much around it they may read."""

    __tablename__ = "message_reports"
    __table_args__ = (
        Index("uq_message_reports_message_id_reporter_id", "message_id", "reporter_id", unique=True),
        Index("ix_message_reports_closed_at", "closed_at", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(String(1000))
    created_at: Mapped[datetime]
    # Numbers in the conversation: two before and two after, as far as the reporter could see and at that moment.
    from_number: Mapped[int]
    to_number: Mapped[int]
    # What the message said when it was reported: its author may still edit it.
    html: Mapped[str] = mapped_column(Text)
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))

    message: Mapped[Message] = relationship(lazy="raise")
    reporter: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[reporter_id])
