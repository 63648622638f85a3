"""Tables of boards and tags."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from forum.accounts.models import Account
from forum.core.db import Model


class Section(Model):
    """A heading under which boards stand."""

    __tablename__ = "sections"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)


class Board(Model):
    """A place for topics of one kind. `parent_id` makes it a sub-board (one level deep)."""

    __tablename__ = "boards"
    __table_args__ = (
        CheckConstraint(
            "kind in ('question','discussion','story','idea','event','announcement','reference')", name="kind"
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("boards.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(String(300), default="")
    kind: Mapped[str] = mapped_column(String(12), default="discussion")
    guidance_source: Mapped[str] = mapped_column(Text, default="")
    guidance_html: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    peer_first: Mapped[bool] = mapped_column(default=True)
    # Looser is a board 7 days after somebody said so: until then members still answer first, from then on it is one of
    # announcements for the guard, too. By which decision: its number, no foreign key, boards stand below organizations.
    peer_first_ends_at: Mapped[datetime | None]
    announces_from: Mapped[datetime | None]
    loosened_by: Mapped[int | None]
    member_run: Mapped[bool] = mapped_column(default=False)
    # For what people think of the host: its own moderators decide nothing here alone.
    is_feedback: Mapped[bool] = mapped_column(default=False)
    time_zone: Mapped[str] = mapped_column(String(40), default="UTC")
    # Slow mode: minutes between two replies of one member on this board; 0: none.
    slow_minutes: Mapped[int] = mapped_column(default=0)
    # Whose words wait for a moderator here: those of whoever begins a topic, and of whoever replies.
    holds_topics: Mapped[bool] = mapped_column(default=False)
    holds_replies: Mapped[bool] = mapped_column(default=False)
    # How many tags a topic here needs, and which fields of the form must be answered beside those that the kind needs.
    tags_least: Mapped[int] = mapped_column(default=0)
    required_fields: Mapped[list[str]] = mapped_column(JSON, default=list)

    # Counters and pointer of what members can see; `check` verifies them.
    topic_count: Mapped[int] = mapped_column(default=0)
    post_count: Mapped[int] = mapped_column(default=0)
    # The topic with the latest bump; no foreign key, since boards stand below posts.
    last_topic_id: Mapped[int | None]

    # Whether anybody who joins may start topics here; told by `queries.board_by_slug` alone.
    invites: Mapped[bool | None] = query_expression()
    # Whether nobody of the organization has written here for long; where a page asks.
    is_absent: Mapped[bool | None] = query_expression()

    section: Mapped[Section] = relationship(lazy="raise")
    parent: Mapped[Board | None] = relationship(lazy="raise", remote_side=[id])  # noqa: A003

    @property
    def board_id(self) -> int:
        """A board is its own board, so that rules can ask it."""
        return self.id

    def is_peer_first(self, now: datetime) -> bool:
        """Whether members answer first: as it is set, or until what was set looser counts."""
        return self.peer_first or (self.peer_first_ends_at is not None and now < self.peer_first_ends_at)

    def announces(self, now: datetime) -> bool:
        """Whether it is for announcements, and has been said to be for long enough."""
        return self.kind == "announcement" and (self.announces_from is None or self.announces_from <= now)


class FormerBoardSlug(Model):
    """An address that a board had: old links still find it."""

    __tablename__ = "former_board_slugs"

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), index=True)


class BoardRight(Model):
    """What a group may do on a board: one row a right."""

    __tablename__ = "board_rights"
    __table_args__ = (CheckConstraint("\"right\" in ('see','start','reply','moderate')", name="right"),)

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    right: Mapped[str] = mapped_column(String(10), primary_key=True)


_ASKED = text("since IS NULL AND ended_at IS NULL")


class Appointment(Model):
    """A member who is asked to look after a board and those below it, and from their yes on does, until the term ends.

    It gives the right to moderate where they may see the board (`queries.rights_for`)."""

    __tablename__ = "appointments"
    __table_args__ = (
        CheckConstraint("months in (3, 6, 12)", name="months"),
        CheckConstraint("ending in ('','declined','called_back','resigned','ended','over','renewed')", name="ending"),
        Index(
            "uq_appointments_asked",
            "account_id",
            "board_id",
            unique=True,
            sqlite_where=_ASKED,
            postgresql_where=_ASKED,
        ),
        Index("ix_appointments_until", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), index=True)
    months: Mapped[int]
    # Why this person, for everybody to read.
    reason: Mapped[str] = mapped_column(String(300))
    asked_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    # From their yes on, and until when; None: they have not answered.
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]
    # When they and those who appoint were told that it ends soon.
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    # How it ended, or came to nothing; empty: it has not.
    ending: Mapped[str] = mapped_column(String(11), default="")

    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])
    board: Mapped[Board] = relationship(lazy="raise")


class Tag(Model):
    """A word that topics share across boards."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    description: Mapped[str] = mapped_column(String(300), default="")
    # What stands on the tag's own page, below the one line.
    about_source: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    # Only staff may put a reserved tag on a topic.
    is_reserved: Mapped[bool] = mapped_column(default=False)
    topic_count: Mapped[int] = mapped_column(default=0)

    synonyms: Mapped[list[TagSynonym]] = relationship(lazy="raise", viewonly=True, order_by="TagSynonym.slug")


class TagSynonym(Model):
    """Another word for a tag: whoever types it, or follows its address, gets the tag."""

    __tablename__ = "tag_synonyms"

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), index=True)
