"""What happens to scorecards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ScorecardMade:
    """The scorecard of a week stands, or another version of it."""

    scorecard_id: int
    version: int
