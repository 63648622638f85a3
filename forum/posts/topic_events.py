"""What happens to a topic as a whole; others find it in `events.py`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TopicFollowed:
    """A member chose how closely to follow a topic."""

    account_id: int
    topic_id: int


@dataclass(frozen=True)
class TopicFieldsEdited:
    """Title, fields or times of a topic were changed; `moved`: it begins or ends at another time."""

    topic_id: int
    by_id: int | None
    moved: bool


@dataclass(frozen=True)
class KeeperChanged:
    """Somebody else keeps a reference page correct now, or nobody does; None: nobody."""

    topic_id: int
    by_id: int | None
    before_id: int | None
    keeper_id: int | None


@dataclass(frozen=True)
class TopicMoved:
    """A topic stands on another board."""

    topic_id: int
    from_id: int
    to_id: int
    by_id: int


@dataclass(frozen=True)
class TopicStateChanged:
    """A topic was locked, unlocked, archived, unarchived, pinned, repinned (until another day) or unpinned, or is a
    duplicate (`change`)."""

    topic_id: int
    by_id: int
    change: str


@dataclass(frozen=True)
class PostsRelocated:
    """Posts stand in another topic now, and others of these topics may have other numbers."""

    post_ids: tuple[int, ...]
    from_id: int
    to_id: int
