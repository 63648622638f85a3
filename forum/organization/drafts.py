"""What people hand to the verbs of organizations."""

from __future__ import annotations

from dataclasses import dataclass

from forum.organization.charter import Charter

LONGEST_ABOUT = 4_000


@dataclass(frozen=True)
class About:
    """What an organization says of itself, and how it looks."""

    source: str
    html: str


@dataclass(frozen=True)
class CharterDraft:
    """A charter to be saved. `base`: the version it began from; `decision`: the number of the one behind it, `note`:
    what changes and why."""

    charter: Charter
    base: int
    note: str
    decision: int | None = None
