"""What stands at the head of every page for a while: the line of an incident, and the banner. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

INCIDENT, BANNER = "incident", "banner"


@dataclass(frozen=True, slots=True)
class Line:
    """A line at the head. `html`: rendered; `link`: where it leads, ""; `until`: when it takes itself down."""

    kind: str
    id: int
    html: str
    link: str
    until: datetime

    @property
    def can_be_put_away(self) -> bool:
        """An incident stays until it is over."""
        return self.kind == BANNER


def lines_up(kept: Iterable[Mapping[str, Any]], now: datetime, seen: int = 0) -> list[Line]:
    """Those that are up, the incident first; without the banner that the reader put away (`seen`: its number)."""
    lines = (Line(**{**one, "until": datetime.fromisoformat(one["until"])}) for one in kept)
    up = [one for one in lines if one.until > now and not (one.kind == BANNER and one.id <= seen)]
    return sorted(up, key=lambda one: one.kind != INCIDENT)


def with_line(kept: Iterable[Mapping[str, Any]], kind: str, line: Line | None) -> list[dict[str, Any]]:
    """What is kept once the line of this kind is another one, or none."""
    others = [dict(one) for one in kept if one["kind"] != kind]
    if line is None:
        return others
    said = {"kind": kind, "id": line.id, "html": line.html, "link": line.link, "until": line.until.isoformat()}
    return [*others, said]
