"""Tables of seeds, of invitations to them, and of calendar addresses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.boards.models import Board
from forum.core.db import Model
from forum.core.markup import joined
from forum.organization.seeds import LONGEST_ASK, LONGEST_NOTE
from forum.posts.models import Topic


class Seed(Model):
    """A conversation to be begun on purpose: planned, posted, reviewed after a week, or dropped."""

    __tablename__ = "seeds"
    __table_args__ = (
        CheckConstraint("kind in ('question', 'resource', 'story', 'event', 'ama')", name="kind"),
        CheckConstraint("state in ('planned', 'posted', 'reviewed', 'dropped')", name="state"),
        CheckConstraint("outcome in ('', 'success', 'partly', 'failed')", name="outcome"),
        Index("ix_seeds_board_id_state", "board_id", "state"),
        Index("ix_seeds_state_planned_at", "state", "planned_at"),
        Index("uq_seeds_owner_id_once", "owner_id", "once", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8), default="planned")
    # Typed and shown in the time zone of its board.
    planned_at: Mapped[datetime]
    title: Mapped[str] = mapped_column(String(255))
    # What stands before the question, and the question that it ends in.
    source: Mapped[str] = mapped_column(Text)
    ask: Mapped[str] = mapped_column(String(LONGEST_ASK))
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Of an event, and of an hour for asking anything.
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    # Of an event: where it is.
    place: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="", server_default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    # How often it was changed: calendars ask.
    version: Mapped[int] = mapped_column(default=0)
    once: Mapped[str | None] = mapped_column(String(40))
    # Its time came and it could not be posted, and why: it waits for its owner.
    held_at: Mapped[datetime | None]
    held_because: Mapped[str] = mapped_column(String(500), default="")

    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="SET NULL"), index=True)
    posted_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(7), default="")
    peers: Mapped[int] = mapped_column(default=0)
    between_peers: Mapped[int] = mapped_column(default=0)
    learned: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    dropped_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")

    board: Mapped[Board] = relationship(lazy="raise")
    owner: Mapped[Account] = relationship(lazy="raise")
    topic: Mapped[Topic | None] = relationship(lazy="raise")

    @property
    def account_id(self) -> int:
        return self.owner_id

    @property
    def words(self) -> str:
        """What is posted: it ends in its question."""
        return joined(self.source, self.ask)


class SeedInvitation(Model):
    """A member was asked whether they would take part; `answer`: "", "yes" or "no". `changed`: what of it is another
    since they said yes, so that they are asked again."""

    __tablename__ = "seed_invitations"
    __table_args__ = (CheckConstraint("answer in ('', 'yes', 'no')", name="answer"),)

    seed_id: Mapped[int] = mapped_column(ForeignKey("seeds.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(String(3), default="")
    answered_at: Mapped[datetime | None]
    changed: Mapped[str] = mapped_column(String(60), default="", server_default="")

    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])


class SetAside(Model):
    """A suggestion that nobody wants to hear again: `term:…` or `topic:…`."""

    __tablename__ = "seed_suggestions_set_aside"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime]


class SeedCalendar(Model):
    """The private address at which somebody's calendar program reads the seeding calendar."""

    __tablename__ = "seed_calendars"
    __table_args__ = (Index("uq_seed_calendars_secret_hash", "secret_hash", unique=True),)

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
