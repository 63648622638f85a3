"""What happens to seeds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SeedPlanned:
    """It stands on the calendar."""

    seed_id: int
    by_id: int | None


@dataclass(frozen=True)
class SeedMoved:
    """It is planned for another time."""

    seed_id: int
    by_id: int | None


@dataclass(frozen=True)
class SeedReworded:
    """It reads otherwise: these said yes to other words, and are asked again."""

    seed_id: int
    account_ids: tuple[int, ...]
    by_id: int | None


@dataclass(frozen=True)
class SeedDropped:
    """It will not be posted, and why stands on the calendar."""

    seed_id: int
    by_id: int | None


@dataclass(frozen=True)
class AskedToTakePart:
    """A member was asked."""

    seed_id: int
    account_id: int
    by_id: int | None


@dataclass(frozen=True)
class TakingPartAnswered:
    """They said whether they will. `enough`: with this yes it may be posted."""

    seed_id: int
    account_id: int
    enough: bool


@dataclass(frozen=True)
class SeedHeldBack:
    """Its time came, and it could not be posted: its owner is to be told."""

    seed_id: int


@dataclass(frozen=True)
class SeedPosted:
    """It is there. `by_hand`: its owner did not wait."""

    seed_id: int
    topic_id: int
    by_hand: bool


@dataclass(frozen=True)
class SeedReviewed:
    """A week is over: what became of it is known."""

    seed_id: int


@dataclass(frozen=True)
class LessonLearned:
    """Its owner said what they learned."""

    seed_id: int
    by_id: int | None
