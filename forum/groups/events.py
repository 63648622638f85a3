"""What groups announce; who came and went is said by accounts (`GroupJoined`, `GroupLeft`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MembershipAsked:
    """Somebody would like to be in a group: its owners should hear."""

    request_id: int
    group_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class MembershipDecided:
    """An owner said yes or no to who asked."""

    request_id: int
    group_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class InvitedToGroup:
    """An owner would like somebody to come in."""

    request_id: int
    group_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class InvitationAnswered:
    """Who was invited said yes or no."""

    request_id: int
    group_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class OwnerChanged:
    """Somebody looks after a group, or does not any more."""

    group_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class GroupRulesSet:
    """Who comes in, who sees it, who may address it: said anew."""

    group_id: int
