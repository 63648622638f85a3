"""What happens to a member's standing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StandingChanged:
    """A member stands differently now (`newcomer`, `member`, `regular`)."""

    account_id: int
    before: str
    after: str


@dataclass(frozen=True)
class StandingHeld:
    """Somebody who looks after the place holds a member at a level, or (level empty) lets them go their way again."""

    account_id: int
    level: str
    by_id: int | None
