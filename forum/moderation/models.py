"""Tables of moderation: what waits, who flagged what, and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model

_OPEN = text("closed_at is null")
_COUNTS = text("verdict in ('', 'right')")


class Case(Model):
    """Something that waits for a decision: one line of the queue. `version` moves with everything that happens to it:
    who decides on an older one is told."""

    __tablename__ = "cases"
    __table_args__ = (
        Index(
            "uq_cases_open", "kind", "subject_kind", "subject_id", unique=True,
            sqlite_where=_OPEN, postgresql_where=_OPEN,
        ),
        Index("ix_cases_due_at", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_cases_subject", "subject_kind", "subject_id"),
        Index("ix_cases_closed_at", "closed_at"),
        Index("ix_cases_opened_at", "opened_at"),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    # flagged, held, sign_up, appeal, mended, suggestion, notice, proposal, review, message (`cases.py`).
    kind: Mapped[str] = mapped_column(String(12))
    # post, topic, account, message, held, appeal, suggestion, report, decision; and its id.
    subject_kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int]
    # Where it is: who looks after that board sees it; None: moderators of the whole place.
    board_id: Mapped[int | None] = mapped_column(ForeignKey("boards.id"), index=True)
    # Whom it is about.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    opened_at: Mapped[datetime]
    # Until when it should be decided: the target that is shown in public.
    due_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)
    weight: Mapped[float] = mapped_column(Float, default=0.0)
    concerns_host: Mapped[bool] = mapped_column(default=False)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    claimed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    # How it ended: decided, kept, withdrawn, lapsed; of a proposal: refused.
    outcome: Mapped[str] = mapped_column(String(12), default="")

    account: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[account_id])
    claimed_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[claimed_by_id])

    @property
    def author_id(self) -> int | None:
        """Whom it is about: they do not decide it."""
        return self.account_id


class Flag(Model):
    """A member says that something is not as it should be."""

    __tablename__ = "flags"
    __table_args__ = (
        Index(
            "uq_flags_standing", "subject_kind", "subject_id", "by_id", unique=True,
            sqlite_where=_COUNTS, postgresql_where=_COUNTS,
        ),
        Index("ix_flags_by_id_at", "by_id", "at"),
        CheckConstraint("verdict in ('', 'right', 'wrong', 'cleared')", name="verdict"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    rule: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(1000), default="")
    # The flag says that it is about the organization.
    about_host: Mapped[bool] = mapped_column(default=False)
    weight: Mapped[float] = mapped_column(Float)
    # "" while it waits; right or wrong once decided; cleared where its post was mended first.
    verdict: Mapped[str] = mapped_column(String(8), default="")
    verdict_at: Mapped[datetime | None]

    by: Mapped[Account | None] = relationship(lazy="raise")


class Ruling(Model):
    """What was done to what somebody wrote, or to their account, and why: the statement of reasons, and what undoing
    needs. A proposal of one of the host's people is one that waits for a peer."""

    __tablename__ = "rulings"
    __table_args__ = (
        Index("ix_rulings_subject", "subject_kind", "subject_id"),
        Index("ix_rulings_at", "at"),
        Index("ix_rulings_undone_at", "undone_at"),
        CheckConstraint("rule <> '' and facts <> ''", name="reasons"),
        CheckConstraint("state in ('proposed', 'in_force', 'undone', 'refused', 'lapsed')", name="state"),
        CheckConstraint("detected in ('flags', 'rules', 'own', 'notice', 'appeal')", name="detected"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    # A key of `operations.OPERATIONS`, what it was done to, how, and what was before.
    act: Mapped[str] = mapped_column(String(20))
    subject_kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int]
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    board_id: Mapped[int | None] = mapped_column(ForeignKey("boards.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    # The statement of reasons: rule, facts, how it was found, whether by a machine, until when.
    rule: Mapped[str] = mapped_column(String(20))
    facts: Mapped[str] = mapped_column(Text)
    detected: Mapped[str] = mapped_column(String(8))
    automated: Mapped[bool] = mapped_column(default=False)
    until: Mapped[datetime | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    # As what they decided (house, moderator, board_moderator, administrator), and whether they belong to the host.
    role: Mapped[str] = mapped_column(String(20))
    by_host: Mapped[bool] = mapped_column(default=False)
    concerns_host: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="in_force")
    # One of the host's people acted at once: a peer looks until then, or it lapses.
    emergency: Mapped[str] = mapped_column(String(500), default="")
    review_by: Mapped[datetime | None] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    # undo, appeal, lapse, restored; and the words to it.
    undone_how: Mapped[str] = mapped_column(String(10), default="")
    undone_why: Mapped[str] = mapped_column(Text, default="")

    by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[by_id])
    account: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[account_id])
    confirmed_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[confirmed_by_id])

    @property
    def author_id(self) -> int | None:
        """Whom it is about: they neither confirm it nor take it back."""
        return self.account_id


class Reason(Model):
    """Words that moderators begin with when they say what happened, by rule; no rule: for leaving it as it is."""

    __tablename__ = "reasons"

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(20), index=True)
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
