"""Pages with stable addresses, never infinite scroll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list. `number` counts from 1; `pages` is at least 1."""

    items: Sequence[Item]
    number: int
    pages: int

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    def numbers(self, around: int = 2) -> list[int | None]:
        """Page numbers to link: the ends and those around this one; None stands for a gap."""
        wanted = {1, self.pages, *range(self.number - around, self.number + around + 1)}
        shown: list[int | None] = []
        for number in sorted(n for n in wanted if 1 <= n <= self.pages):
            if shown and (last := shown[-1]) is not None and number > last + 1:
                shown.append(number - 1 if number == last + 2 else None)
            shown.append(number)
        return shown


def pages_for(count: int, size: int) -> int:
    """How many pages of `size` hold `count` things; an empty list has one page."""
    return max(1, -(-count // size))
