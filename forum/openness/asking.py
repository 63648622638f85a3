"""How the log is narrowed, and where in it a page begins: as it stands in an address. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from forum.openness.quarters import named

_MONTH = re.compile(r"([1-8]\d{3})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`board`: its slug; `act`: source and act, as in "decision:remove"; `role`: as what somebody did it; `by`:
    machine or people; `state`: undone or standing; `when`: a month or quarter, as in "2026-03", "2026-q1"."""

    rule: str = ""
    board: str = ""
    act: str = ""
    role: str = ""
    by: str = ""
    state: str = ""
    when: str = ""

    @property
    def query(self) -> dict[str, Any]:
        """As it stands in an address, without what is not asked."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}

    def span(self) -> tuple[datetime, datetime] | None:
        """From its first instant to the one after its last; None: no such month or quarter."""
        if (quarter := named(self.when)) is not None:
            return quarter.begins, quarter.ends
        if (found := _MONTH.fullmatch(self.when)) is None:
            return None
        year, month = int(found[1]), int(found[2])
        return datetime(year, month, 1, tzinfo=UTC), datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """A line by its place in the order: the latest first, then by source, then the higher number first."""

    at: datetime
    source: str
    id: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{self.source}-{self.id}"


def place(said: str) -> Place | None:
    """By its name in an address; None where there is no such one."""
    at, _dash, line = said.partition("-")
    source, _dash, number = line.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return None
    try:
        return Place(datetime.strptime(at, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC), source, int(number))
    except ValueError:
        return None
