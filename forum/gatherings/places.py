"""Who has a place and who waits: first come, first served. Pure."""

from __future__ import annotations

from collections.abc import Sequence

YES, MAYBE, NO = "yes", "maybe", "no"
ANSWERS = (YES, MAYBE, NO)


def must_wait(places: int | None, seated: int, waiting: int) -> bool:
    """Whether the next one who would come has to wait. `places` None: all fit in."""
    return places is not None and (waiting > 0 or seated >= places)


def next_up(places: int | None, seated: int, waiting: Sequence[int]) -> list[int]:
    """Who of the waiting (in their order) has a place now. A limit set lower takes no place away."""
    free = len(waiting) if places is None else max(0, places - seated)
    return list(waiting[:free])
