"""What counts as unread and as new for one member: pure. `queries/attention.py` says the same in SQL.

*New* was opened lately (a setting) and never read. *Unread* went on since it was read, however long ago where it is
followed and within thirty days where not, or began on a followed board or under a followed tag and was never opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from forum.following.levels import FOLLOWED, Level

OPENED_FOR = timedelta(days=30)
EVERYWHERE = 0
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class _Topic(Protocol):
    @property
    def board_id(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def last_post_at(self) -> datetime: ...
    @property
    def last_post_number(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Habits:
    """What a member said of places. `marks`: board id (0: everywhere) → the instant before which nothing counts;
    `boards`, `tags`: id → since when they are followed; `muted_boards`, `muted_tags`: what is left out."""

    marks: Mapping[int, datetime] = field(default_factory=dict)
    boards: Mapping[int, datetime] = field(default_factory=dict)
    tags: Mapping[int, datetime] = field(default_factory=dict)
    muted_boards: frozenset[int] = frozenset()
    muted_tags: frozenset[int] = frozenset()

    def mark_for(self, board_id: int) -> datetime:
        """The later of the board's mark and the mark for everywhere."""
        return max(self.marks.get(EVERYWHERE, NEVER), self.marks.get(board_id, NEVER))

    def mutes(self, board_id: int, tags: Iterable[int], level: str) -> bool:
        """Whether a topic is muted: by its own level, which wins, else by its board or one of its tags."""
        if level:
            return level == Level.MUTED
        return board_id in self.muted_boards or not self.muted_tags.isdisjoint(tags)

    def followed_since(self, board_id: int, tags: Iterable[int], level: str) -> datetime | None:
        """Since when a topic is followed, itself (NEVER: for as long as it is there) or with a place; None: not."""
        if level:
            return NEVER if level in FOLLOWED else None
        places = [self.boards.get(board_id), *(self.tags.get(tag) for tag in tags)]
        return min((since for since in places if since is not None), default=None)


NOBODYS = Habits()


def is_unread(
    habits: Habits, topic: _Topic, tags: Iterable[int], position: int | None, level: str, now: datetime
) -> bool:
    """Whether the topic stands in the list of unread ones. `position`: the highest number seen, None: never opened."""
    tags, mark = [*tags], habits.mark_for(topic.board_id)
    if habits.mutes(topic.board_id, tags, level):
        return False
    since = habits.followed_since(topic.board_id, tags, level)
    if position is None:
        return since is not None and topic.created_at > max(since, mark)
    if topic.last_post_number <= position or topic.last_post_at <= mark:
        return False
    return since is not None or topic.last_post_at > now - OPENED_FOR


def is_new(
    habits: Habits, topic: _Topic, tags: Iterable[int], position: int | None, level: str, since: datetime
) -> bool:
    """Whether the topic stands in the list of new ones, those that began after `since`."""
    if position is not None or habits.mutes(topic.board_id, tags, level):
        return False
    return topic.created_at > max(habits.mark_for(topic.board_id), since)
