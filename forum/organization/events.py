"""What happens to organizations and to who belongs to them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class HostNamed:
    """The host has a name, or another one."""

    organization_id: int
    by_id: int | None


@dataclass(frozen=True)
class AffiliationBegan:
    """Somebody belongs to an organization."""

    affiliation_id: int


@dataclass(frozen=True)
class AffiliationEnded:
    """Somebody belongs to it no more. What they wrote meanwhile stays its voice."""

    affiliation_id: int
