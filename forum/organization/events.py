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
class RoleGranted:
    """Somebody may speak for their organization in a role."""

    grant_id: int


@dataclass(frozen=True)
class RoleEnded:
    """They may not any more. What they wrote in it keeps its badge."""

    grant_id: int


@dataclass(frozen=True)
class AffiliationEnded:
    """Somebody belongs to it no more. What they wrote meanwhile stays its voice."""

    affiliation_id: int


@dataclass(frozen=True)
class PartnerAdded:
    """Another organization takes part."""

    organization_id: int


@dataclass(frozen=True)
class OrganizationDescribed:
    """It says of itself what it is."""

    organization_id: int


@dataclass(frozen=True)
class CharterSaved:
    """The charter has a new version. What is looser in it waits for 7 days."""

    version_id: int


@dataclass(frozen=True)
class DecisionEntered:
    """The decision log has another entry."""

    decision_id: int


@dataclass(frozen=True)
class ListingChosen:
    """Somebody of it stands by name on its page, or not any more."""

    affiliation_id: int
