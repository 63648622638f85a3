"""What happens to statements and pledges."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StatementChanged:
    """Somebody else answers for it, it holds from another day, or another one took its place."""

    post_id: int
    by_id: int | None


@dataclass(frozen=True)
class ReviewDue:
    """The day has come to look at a statement again; `account_ids`: who is asked."""

    post_id: int
    account_ids: tuple[int, ...]


@dataclass(frozen=True)
class PledgeMade:
    """The organization said that it will do something."""

    pledge_id: int
    by_id: int | None


@dataclass(frozen=True)
class PledgeSettled:
    """It was done, or is withdrawn."""

    pledge_id: int
    by_id: int | None


@dataclass(frozen=True)
class PledgeDue:
    """The day of a pledge has come, and nobody said that it was done; `account_ids`: who is told."""

    pledge_id: int
    post_id: int
    account_ids: tuple[int, ...]
