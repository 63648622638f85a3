"""What happens at the shields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BlockSet:
    """A mail domain or a range of addresses is shut out, or is no more."""

    block_id: int


@dataclass(frozen=True)
class SignUpRushBegan:
    """More people ask for accounts within an hour than the place takes in unseen: who comes now waits for a yes."""

    rush_id: int


@dataclass(frozen=True)
class AddressesSeen:
    """A moderator looked at from where a member came."""

    account_id: int
    by_id: int | None
