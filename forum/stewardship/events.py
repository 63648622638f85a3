"""What happens to boards as the organization looks after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class BoardPromoted:
    """A board has reached its next stage: from then on its limits are others."""

    board_id: int
    stage: str
    at: datetime


@dataclass(frozen=True)
class DriftFound:
    """What the guard reads of a board was not what its posts say. It is right again."""

    board_id: int
