"""Putting one of several in another place. Works from a list that may have changed since somebody looked at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Has a place among its neighbours."""

    position: int


T = TypeVar("T", bound=Placed)


def put_at(one: T, neighbours: Sequence[T], place: int) -> tuple[int, int]:
    """Number `neighbours` (in their order, `one` among them or not) from 1, with `one` at `place`; returns the place
    that it had (0: none) and the one that it has."""
    before = neighbours.index(one) + 1 if one in neighbours else 0
    others = [other for other in neighbours if other is not one]
    others.insert(min(max(place, 1), len(others) + 1) - 1, one)
    for number, other in enumerate(others, start=1):
        other.position = number
    return before, one.position
