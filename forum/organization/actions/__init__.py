"""The verbs of organizations: hosting, belonging, and the roles in which people speak."""

from forum.organization.actions.affiliating import (
    affiliate,
    be_listed,
    begin_affiliation,
    end_affiliation,
    part,
)
from forum.organization.actions.assigning import end_role, grant_role
from forum.organization.actions.chartering import enter_decision, save_charter
from forum.organization.actions.hosting import add_partner, describe_organization, name_host, undo_host

__all__ = [
    "add_partner",
    "affiliate",
    "be_listed",
    "begin_affiliation",
    "describe_organization",
    "end_affiliation",
    "end_role",
    "enter_decision",
    "grant_role",
    "name_host",
    "part",
    "save_charter",
    "undo_host",
]
