"""What following announces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BoardFollowed:
    """A member chose how closely to follow a board."""

    account_id: int
    board_id: int


@dataclass(frozen=True)
class TagFollowed:
    """A member chose how closely to follow a tag."""

    account_id: int
    tag_id: int


@dataclass(frozen=True)
class BoardDefaultSet:
    """Those who join follow a board otherwise from now on."""

    board_id: int
    by_id: int | None


@dataclass(frozen=True)
class BoardDefaultApplied:
    """Everybody who had never chosen follows a board as its default says."""

    application_id: int


@dataclass(frozen=True)
class BoardDefaultUndone:
    """That was taken back."""

    application_id: int
