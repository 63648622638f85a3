"""A seed as its owner wants it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.organization.seeds import Kind


@dataclass(frozen=True)
class SeedDraft:
    """`source`: what stands before the question (`ask`). `once` makes pressing twice plan once; `version`: the one
    that was read before it is changed, where that is known."""

    kind: Kind
    title: str
    source: str
    ask: str
    planned_at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    tags: tuple[str, ...] = ()
    once: str = ""
    version: str = ""
    place: str = ""
