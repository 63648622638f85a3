"""Tables of who follows which board and tag, and of the defaults that staff set."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.boards.models import Board, Tag
from forum.core.db import Model

_LEVELS = "level in ('watching', 'first_post', 'answers', 'tracking', 'normal', 'muted')"


class BoardFollow(Model):
    """How closely a member follows a board: chosen by hand, or given as its default."""

    __tablename__ = "board_follows"
    __table_args__ = (Index("ix_board_follows_board_id_level", "board_id", "level"), CheckConstraint(_LEVELS, "level"))

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[str] = mapped_column(String(10))
    by_hand: Mapped[bool] = mapped_column(default=True)
    since: Mapped[datetime]
    # The application of a default that set it, and what stood here before ("": nothing), so that it can be undone.
    applied_id: Mapped[int | None] = mapped_column(
        ForeignKey("default_applications.id", ondelete="SET NULL"), index=True
    )
    level_before: Mapped[str] = mapped_column(String(10), default="")

    board: Mapped[Board] = relationship(lazy="raise")


class TagFollow(Model):
    """How closely a member follows a tag."""

    __tablename__ = "tag_follows"
    __table_args__ = (Index("ix_tag_follows_tag_id_level", "tag_id", "level"), CheckConstraint(_LEVELS, "level"))

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[str] = mapped_column(String(10))
    since: Mapped[datetime]

    tag: Mapped[Tag] = relationship(lazy="raise")


class BoardDefault(Model):
    """The level at which those who join begin to follow a board."""

    __tablename__ = "board_defaults"
    __table_args__ = (CheckConstraint(_LEVELS, "level"),)

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[str] = mapped_column(String(10))
    set_at: Mapped[datetime]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)


class DefaultApplication(Model):
    """The log: a default was given to everybody who had never chosen for themselves, and perhaps taken back."""

    __tablename__ = "default_applications"
    __table_args__ = (Index("ix_default_applications_board_id", "board_id", "id"), CheckConstraint(_LEVELS, "level"))

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"))
    level: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    applied_at: Mapped[datetime]
    people: Mapped[int]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)

    by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[by_id])
    undone_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[undone_by_id])
