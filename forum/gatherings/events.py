"""What happens to attendance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AttendanceAnswered:
    """A member said whether they come (`answer`: yes, maybe, no); `is_waiting`: there was no place left."""

    topic_id: int
    account_id: int
    answer: str
    is_waiting: bool


@dataclass(frozen=True)
class PlaceGiven:
    """Somebody on the waiting list has a place now."""

    topic_id: int
    account_id: int


@dataclass(frozen=True)
class EventRescheduled:
    """An event begins or ends at another time. `by_id` None: nobody known."""

    topic_id: int
    by_id: int | None
