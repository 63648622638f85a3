"""The verbs of organizations: hosting, belonging, and the roles in which people speak."""

from forum.organization.actions.affiliating import (
    affiliate,
    be_listed,
    begin_affiliation,
    end_affiliation,
    part,
)
from forum.organization.actions.assigning import end_role, grant_role
from forum.organization.actions.bannering import end_banner, put_banner_away, raise_banner
from forum.organization.actions.chartering import answer_item, enter_decision, open_item, save_charter
from forum.organization.actions.hosting import (
    add_partner,
    describe_organization,
    know_host_as,
    name_host,
    undo_host,
    undo_known_as,
)
from forum.organization.actions.incidents import end_incident, start_incident
from forum.organization.actions.perks import end_perks, give_perks
from forum.organization.actions.rostering import add_shifts, change_shift, remind_of_shifts, remove_shift
from forum.organization.actions.saving import save_reply, throw_away_reply

__all__ = [
    "add_partner",
    "add_shifts",
    "affiliate",
    "answer_item",
    "be_listed",
    "begin_affiliation",
    "change_shift",
    "describe_organization",
    "end_affiliation",
    "end_banner",
    "end_incident",
    "end_perks",
    "end_role",
    "enter_decision",
    "give_perks",
    "grant_role",
    "know_host_as",
    "name_host",
    "open_item",
    "part",
    "put_banner_away",
    "raise_banner",
    "remind_of_shifts",
    "remove_shift",
    "save_charter",
    "save_reply",
    "start_incident",
    "throw_away_reply",
    "undo_host",
    "undo_known_as",
]
