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
    """They may not any more. What they wrote in it keeps its badge. `is_given_anew`: on other boards from now on."""

    grant_id: int
    is_given_anew: bool = False


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


@dataclass(frozen=True)
class IncidentBegan:
    """Something is wrong, and nobody waits."""

    incident_id: int


@dataclass(frozen=True)
class IncidentEnded:
    """Somebody said that it is over."""

    incident_id: int


@dataclass(frozen=True)
class BannerRaised:
    """A line stands at the head of every page."""

    banner_id: int


@dataclass(frozen=True)
class BannerEnded:
    """It was taken down before its time."""

    banner_id: int


@dataclass(frozen=True)
class BannerPutAway:
    """A member does not want to see it any more."""

    account_id: int
    banner_id: int


@dataclass(frozen=True)
class DecisionAsked:
    """So many rules were passed over that somebody should decide what follows from it."""

    item_id: int


@dataclass(frozen=True)
class GuardDegraded:
    """The guard had no numbers, or old ones, and only advised: told once an hour."""

    board_id: int


@dataclass(frozen=True)
class StandByKept:
    """A reply of the organization stands by."""

    stand_by_id: int


@dataclass(frozen=True)
class StandByReworded:
    """It says something else now."""

    stand_by_id: int


@dataclass(frozen=True)
class StandBySettled:
    """It stands by no more (`state`: what became of it)."""

    stand_by_id: int
    state: str


@dataclass(frozen=True)
class HostAsked:
    """A Host is asked whether something may be posted all the same."""

    request_id: int


@dataclass(frozen=True)
class HostAnswered:
    """A Host said yes, or no."""

    request_id: int
    by_id: int


@dataclass(frozen=True)
class TurnWaived:
    """Who asked would be glad of the organization's answer by now."""

    topic_id: int
    by_id: int


@dataclass(frozen=True)
class WaiverTakenBack:
    """Who asked would rather hear from members first after all."""

    topic_id: int
    by_id: int


@dataclass(frozen=True)
class TurnTaken:
    """A member is on it."""

    topic_id: int
    by_id: int


@dataclass(frozen=True)
class TurnGivenBack:
    """They are not, after all."""

    topic_id: int
    by_id: int


@dataclass(frozen=True)
class SeenByOrganization:
    """Somebody of the organization has seen a topic."""

    topic_id: int
    by_id: int


@dataclass(frozen=True)
class PerksSet:
    """A member has something from the organization, or has it no more."""

    account_id: int
    by_id: int | None


@dataclass(frozen=True)
class ShiftsGiven:
    """Somebody is on the rota: once, or `weeks` weeks in a row from this shift on."""

    shift_id: int
    weeks: int
    by_id: int | None


@dataclass(frozen=True)
class ShiftChanged:
    """A shift is at another time, or somebody else's. `people`: whose it was and is, backups too."""

    shift_id: int
    people: tuple[int, ...]
    by_id: int | None


@dataclass(frozen=True)
class ShiftRemoved:
    """A shift that was to come is no more. `said`: when it would have been, in its local time."""

    shift_id: int
    people: tuple[int, ...]
    said: str
    by_id: int | None


@dataclass(frozen=True)
class ShiftNears:
    """It is the day before a shift."""

    shift_id: int


@dataclass(frozen=True)
class SavedReplyChanged:
    """A saved reply is new, says something else, or is gone."""

    saved_reply_id: int
