"""What is decided of members, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SanctionImposed:
    """A member was warned, or is held back from something."""

    sanction_id: int


@dataclass(frozen=True)
class SanctionRevoked:
    """A sanction was taken back, as if it had never been: its row is gone. `kind`, `right`: what it was; `ruling_id`:
    the decision that imposed it, of which it is told."""

    sanction_id: int
    account_id: int
    kind: str
    right: str
    by_id: int | None
    ruling_id: int | None = None


@dataclass(frozen=True)
class SanctionLifted:
    """A sanction was ended before its time, with a reason."""

    sanction_id: int


@dataclass(frozen=True)
class SanctionOver:
    """The time of a sanction had come."""

    sanction_id: int


@dataclass(frozen=True)
class WarningRead:
    """A member said that they read a warning."""

    sanction_id: int


@dataclass(frozen=True)
class MemberNoted:
    """A moderator noted something of a member, or took a note away."""

    account_id: int
    by_id: int | None
