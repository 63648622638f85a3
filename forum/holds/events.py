"""What happens to words before they are a post, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class HeldForReview:
    """Somebody's words wait for a moderator."""

    held_id: int


@dataclass(frozen=True)
class HeldReworded:
    """Their author changed them; they wait on."""

    held_id: int


@dataclass(frozen=True)
class HeldWithdrawn:
    """Their author took them back."""

    held_id: int


@dataclass(frozen=True)
class HeldReleased:
    """A moderator let them through: they are a post now."""

    held_id: int
    post_id: int
    by_id: int


@dataclass(frozen=True)
class ReleaseUndone:
    """What had been let through was taken away, and waits again."""

    held_id: int
    post_id: int
    by_id: int


@dataclass(frozen=True)
class HeldRejected:
    """A moderator did not let them through."""

    held_id: int
    by_id: int


@dataclass(frozen=True)
class RejectionUndone:
    """They wait again."""

    held_id: int
    by_id: int


@dataclass(frozen=True)
class FlagAsked:
    """A post holds watched words (`why`) of which moderators want to know, or an edit brought what would have waited in
    a new post (`held`, in words); nobody in particular reports it."""

    post_id: int
    why: str
    held: str = ""


@dataclass(frozen=True)
class ProfileFlagAsked:
    """A profile holds watched words (`why`) of which moderators want to know."""

    account_id: int
    why: str


@dataclass(frozen=True)
class SilenceAsked:
    """Somebody wrote watched words (`why`) after which they should write nothing until a moderator has looked."""

    account_id: int
    why: str


@dataclass(frozen=True)
class WatchedWordsChanged:
    """An administrator added, changed or took away a watched word."""

    by_id: int | None


@dataclass(frozen=True)
class HoldSet:
    """From now on words wait, or wait no more, of a member or in a topic (`about`: member, topic)."""

    about: str
    subject_id: int
    by_id: int
    is_held: bool
