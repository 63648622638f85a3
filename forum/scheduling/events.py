"""What happens to topics that wait for their time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TopicScheduled:
    """A topic waits for its time, or for another one than before."""

    scheduled_id: int
    account_id: int


@dataclass(frozen=True)
class ScheduledTopicCancelled:
    """Its author took it back."""

    scheduled_id: int
    account_id: int


@dataclass(frozen=True)
class ScheduledTopicPublished:
    """It is there. `by_hand`: its author did not wait."""

    scheduled_id: int
    account_id: int
    post_id: int
    by_hand: bool


@dataclass(frozen=True)
class ScheduledTopicHeld:
    """Its time came, and a moderator looks at it first. `by_hand`: its author pressed the button, and was told."""

    scheduled_id: int
    account_id: int
    held_id: int
    by_hand: bool


@dataclass(frozen=True)
class ScheduledTopicRefused:
    """Its time came and it was refused: its author is to be told. `is_draft`: it is a draft of theirs from now on;
    else it still waits, with the reason."""

    scheduled_id: int
    account_id: int
    is_draft: bool
