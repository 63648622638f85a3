"""Tables of recognitions, awards and thank-yous."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model
from forum.organization.models import Organization
from forum.posts.models import Post
from forum.recognition.words import LONGEST_AWARD, LONGEST_NOTE, LONGEST_REASON, LONGEST_SENTENCE


class Award(Model):
    """What an organization may call a recognition: a name, and for what it is given."""

    __tablename__ = "awards"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_AWARD))
    sentence: Mapped[str] = mapped_column(String(LONGEST_SENTENCE))
    created_at: Mapped[datetime]
    # Given no more; what was given keeps it.
    retired_at: Mapped[datetime | None]


class Recognition(Model):
    """What somebody of an organization says that a member's post did. The member's own, and private, until they say
    yes (`is_public`; None: not answered yet)."""

    __tablename__ = "recognitions"
    __table_args__ = (
        Index("ix_recognitions_account_id_created_at", "account_id", "created_at"),
        Index("ix_recognitions_created_at", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    award_id: Mapped[int | None] = mapped_column(ForeignKey("awards.id", ondelete="SET NULL"))
    words: Mapped[str] = mapped_column(Text)
    # What texts share that people would call the same.
    words_key: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    # For the mix, as it was that day: not recognized for 180 days before; not of the tenth who write most.
    is_not_lately: Mapped[bool]
    is_outside_top: Mapped[bool]

    is_public: Mapped[bool | None]
    answered_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    withdrawn_because: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")

    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])
    by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[by_id])
    award: Mapped[Award | None] = relationship(lazy="raise")
    organization: Mapped[Organization] = relationship(lazy="raise")
    post: Mapped[Post] = relationship(lazy="raise")

    @property
    def board_id(self) -> int:
        return self.post.topic.board_id


class ThankYouMessage(Model):
    """All thanks that one member gets within 24 hours from the first on: one notice, one mail."""

    __tablename__ = "thank_you_messages"
    __table_args__ = (
        Index("ix_thank_you_messages_account_id_opened_at", "account_id", "opened_at"),
        Index(
            "ix_thank_you_messages_opened_at",
            "opened_at",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    opened_at: Mapped[datetime]
    # When it was announced as complete: the mail, for those who want one.
    closed_at: Mapped[datetime | None]


class ThankYou(Model):
    """One thank-you in a message: below a post, with a private note perhaps, or a recognition."""

    __tablename__ = "thank_yous"
    __table_args__ = (Index("ix_thank_yous_post_id_by_id", "post_id", "by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("thank_you_messages.id", ondelete="CASCADE"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    recognition_id: Mapped[int | None] = mapped_column(ForeignKey("recognitions.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    created_at: Mapped[datetime]

    message: Mapped[ThankYouMessage] = relationship(lazy="raise")
    by: Mapped[Account] = relationship(lazy="raise")
    post: Mapped[Post] = relationship(lazy="raise")
    recognition: Mapped[Recognition | None] = relationship(lazy="raise")
