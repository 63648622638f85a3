"""What people announce of themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HelpTagsChosen:
    """Somebody says anew what they help with."""

    account_id: int


@dataclass(frozen=True, slots=True)
class AwaySet:
    """Somebody of the staff will be away, or is."""

    account_id: int


@dataclass(frozen=True, slots=True)
class AwayEnded:
    """They are back, or will not go."""

    account_id: int
