"""What people hand to the verbs of organizations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from forum.organization.charter import Charter
from forum.permissions import Role

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


_LINE = re.compile(r"<p>(?!.*<(p|img|figure|picture|video|audio)\b|.*image-elsewhere).*</p>", re.DOTALL)


@dataclass(frozen=True)
class BannerDraft:
    """A banner as it is handed in, its line rendered. `until`: when it takes itself down."""

    source: str
    html: str
    link: str
    until: datetime

    @property
    def is_a_line(self) -> bool:
        """Whether its Markdown is words and nothing else."""
        return _LINE.fullmatch(self.html.strip()) is not None


@dataclass(frozen=True)
class ShiftDraft:
    """A shift as it is entered: in local time of a zone, and for how many weeks in a row. Boards: none, for all."""

    role: Role | None
    person_id: int
    backup_id: int | None
    board_ids: tuple[int, ...]
    since: datetime | None
    until: datetime | None
    zone: str
    weeks: int = 1
