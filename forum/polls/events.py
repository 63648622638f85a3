"""What happens to polls. None of them says who voted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PollAttached:
    """A post came with a poll."""

    poll_id: int
    post_id: int


@dataclass(frozen=True)
class PollEdited:
    """A poll asks something else now, or closes at another time."""

    poll_id: int
    post_id: int
    by_id: int


@dataclass(frozen=True)
class Voted:
    """Somebody voted, or changed their vote."""

    poll_id: int
    post_id: int


@dataclass(frozen=True)
class VoteWithdrawn:
    """Somebody took their vote back."""

    poll_id: int
    post_id: int


@dataclass(frozen=True)
class PollClosed:
    """A poll takes no more votes. `by_id` None: its time had come."""

    poll_id: int
    post_id: int
    by_id: int | None
