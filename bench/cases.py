"""What is measured: a small table of pages, who reads them, and how many write at once. Add a row to measure more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GUEST, MEMBER = "guest", "member"


@dataclass(frozen=True)
class Places:
    """Addresses in a made community that are worth measuring. `topic` is the long one."""

    board: str
    topic: str
    topic_end: str
    tag: str
    profile: str


@dataclass(frozen=True)
class Page:
    """A page to read: its name in the table and its address, with the fields of `Places` in braces."""

    name: str
    address: str

    def path(self, places: Places) -> str:
        """Where it is in this community."""
        return self.address.format(**vars(places))


@dataclass(frozen=True)
class Reading:
    """A page as one kind of visitor reads it."""

    page: Page
    who: str

    @property
    def name(self) -> str:
        return f"{self.page.name}, {self.who}"


@dataclass(frozen=True)
class Writing:
    """Members who reply at the same time, rendering included."""

    writers: int

    @property
    def name(self) -> str:
        return f"reply, {self.writers} writer{'s' if self.writers > 1 else ''}"


PAGES: Sequence[Page] = (
    Page("home", "/"),
    Page("board", "{board}"),
    Page("topic, first page", "{topic}"),
    Page("topic, last page", "{topic_end}"),
    Page("tag", "{tag}"),
    Page("profile", "{profile}"),
)

READINGS: Sequence[Reading] = tuple(Reading(page, who) for page in PAGES for who in (GUEST, MEMBER))

WRITINGS: Sequence[Writing] = (Writing(1), Writing(8))

NAMES: Sequence[str] = (*(reading.name for reading in READINGS), *(writing.name for writing in WRITINGS))
