"""Tables of organizations, affiliations and roles (`organization.md` §1), charters and decisions (§4)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model
from forum.permissions import Role

LONGEST_NAME, LONGEST_SLUG = 80, 60
LONGEST_TITLE, LONGEST_NOTE = 120, 300


class Organization(Model):
    """The host, or a partner."""

    __tablename__ = "organizations"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(LONGEST_SLUG), unique=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    about_source: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    is_host: Mapped[bool] = mapped_column(default=False)
    # What people call it besides (`called.py`): whatever names it so is about it.
    also_known_as: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]


class Affiliation(Model):
    """A dated record that an account belongs to an organization, as `staff` or as its `bot`."""

    __tablename__ = "affiliations"
    __table_args__ = (
        CheckConstraint("kind in ('staff','bot')", name="kind"),
        Index("ix_affiliations_account_id_since", "account_id", "since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(5), default="staff")
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    # Said yes to standing by name on the organization's page, among its people.
    listed_at: Mapped[datetime | None]

    organization: Mapped[Organization] = relationship(lazy="raise")


class RoleGrant(Model):
    """A role given to somebody of an organization. Kept when it ends: the rows are the public log."""

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint("role in ({})".format(", ".join(f"'{role}'" for role in Role)), name="role"),
        Index("ix_role_grants_organization_id_since", "organization_id", "since"),
        # Each role once a person, as long as it is in force.
        Index(
            "uq_role_grants_open",
            "account_id",
            "organization_id",
            "role",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(12))
    # Ids of the boards for which it was given; none: for all.
    board_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    # How one knows that they may speak so: a mail domain, or a link.
    evidence: Mapped[str] = mapped_column(String(300))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    # Who gave it and who ended it; None: the house itself, as when somebody leaves.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))

    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])
    by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[by_id])
    ended_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[ended_by_id])


class Decision(Model):
    """An entry of the public decision log. Never changed and never taken away: another one corrects it."""

    __tablename__ = "decisions"
    __table_args__ = (Index("uq_decisions_organization_id_number", "organization_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    number: Mapped[int]
    decided_on: Mapped[date]
    entered_at: Mapped[datetime]
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    source: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    # Who decided, as a role or a body, never a name; and what it is about: keys of `deciding`.
    made_by: Mapped[str] = mapped_column(String(16))
    about: Mapped[str] = mapped_column(String(16))


class CharterVersion(Model):
    """A charter as it was saved, whole. What of it is looser than before holds 7 days later (`versions.py`)."""

    __tablename__ = "charter_versions"
    __table_args__ = (
        Index("uq_charter_versions_organization_id_number", "organization_id", "number", unique=True),
        Index("ix_charter_versions_organization_id_saved_at", "organization_id", "saved_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    number: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
    # What changes and why, in the words of who saved it.
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE))

    decision: Mapped[Decision | None] = relationship(lazy="raise")


class Counted:
    """Columns for `counts.Counts`."""

    posts: Mapped[int] = mapped_column(default=0)
    our_posts: Mapped[int] = mapped_column(default=0)
    topics: Mapped[int] = mapped_column(default=0)
    our_topics: Mapped[int] = mapped_column(default=0)
    announcements: Mapped[int] = mapped_column(default=0)
    seeds: Mapped[int] = mapped_column(default=0)


class BoardSummary(Counted, Model):
    """What the guard reads of a board. Counted whoever may see it: whether that is everybody is asked when read.

    Only who holds the lock of the board's own row writes here: every verb that publishes has it anyway, and with two
    locks two of them could wait for each other.
    """

    __tablename__ = "board_states"
    __table_args__ = (CheckConstraint("stage in ('inception', 'establishment', 'maturity')", name="stage"),)

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True)
    # The first hour that is counted: the 28 days as far as they were moved along.
    counted_from: Mapped[datetime]
    # When the counts were last compared with the posts; None: not yet.
    measured_at: Mapped[datetime | None]

    # As the last monthly evaluation left it; the organization's share of voice at the promotion is k/n.
    stage: Mapped[str] = mapped_column(String(13), default="inception")
    since: Mapped[datetime | None]
    in_a_row: Mapped[int] = mapped_column(default=0)
    voice_k: Mapped[int | None]
    voice_n: Mapped[int | None]
    # [k, n] of the last two evaluations, the later one last.
    staff_first: Mapped[list[list[int]]] = mapped_column(JSON, default=list)
    peer_answers: Mapped[list[list[int]]] = mapped_column(JSON, default=list)
    # Until when topics are pinned that the organization pinned.
    pins: Mapped[list[str]] = mapped_column(JSON, default=list)

    shadow_until: Mapped[datetime | None]


class BoardHour(Counted, Model):
    """What was published on a board within an hour; hours in which nothing was have no row."""

    __tablename__ = "board_hours"

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
