"""What the topics of the demo stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Ground:
    """What topics stand on: ids by name, and the instant everything is told from."""

    people: Mapping[str, int]
    boards: Mapping[str, int]
    tags: Mapping[str, int]
    house: int
    now: datetime

    def ago(self, hours: float) -> datetime:
        at = self.now - timedelta(hours=hours)
        return at.replace(microsecond=at.microsecond // 1000 * 1000)
