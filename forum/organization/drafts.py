"""What people hand to the verbs of organizations."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_ABOUT = 4_000


@dataclass(frozen=True)
class About:
    """What an organization says of itself, and how it looks."""

    source: str
    html: str
