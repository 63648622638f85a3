"""Quarters of a year, in UTC: their names in addresses and where they begin and end. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_NAME = re.compile(r"([1-8]\d{3})-q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """As in 2026, 1: January to March."""

    year: int
    number: int

    @property
    def name(self) -> str:
        """As an address has it."""
        return f"{self.year}-q{self.number}"

    @property
    def begins(self) -> datetime:
        """Its first instant."""
        return datetime(self.year, self.number * 3 - 2, 1, tzinfo=UTC)

    @property
    def ends(self) -> datetime:
        """The first instant of the next one."""
        return self.next().begins

    def next(self) -> Quarter:
        """The one after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


def quarter_of(instant: datetime) -> Quarter:
    """In which an instant is."""
    there = instant.astimezone(UTC)
    return Quarter(there.year, (there.month + 2) // 3)


def named(name: str) -> Quarter | None:
    """By its name in an address; None where there is no such one."""
    found = _NAME.fullmatch(name)
    return Quarter(int(found[1]), int(found[2])) if found else None


def quarters(first: Quarter, last: Quarter) -> list[Quarter]:
    """From the last back to the first."""
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next())
    return found[::-1]
