"""Keeping the dated record of who belongs to which organization."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization import queries
from forum.organization.events import AffiliationBegan, AffiliationEnded, ListingChosen, RoleEnded
from forum.organization.models import Affiliation, Organization, RoleGrant
from forum.permissions import Act, Actor, require
from forum.site.actions import note_deed

KINDS = ("staff", "bot")


def affiliate(session: Session, actor: Actor, account: Account, organization: Organization, kind: str) -> Affiliation:
    """Say that somebody works for a partner, or is an automated account. Staff of the host join the group *staff*."""
    require(actor, Act.ADMINISTER)
    if kind not in KINDS:
        raise Invalid(_("Choose what they are there."), "kind")
    if organization.is_host and kind == "staff":
        raise Invalid(_("Put them into the group of the staff: whoever is in it belongs to the host."), "person")
    if account.placeholder_since is not None or account.deactivated_at is not None:
        raise Invalid(_("Nobody signs in with that account."), "person")
    there = queries.affiliation_of(session, account.id, clock.now())
    if there is not None:
        raise Conflict(_("%(name)s belongs to %(other)s.", name=account.shown_name, other=there.organization.name))
    said = {"name": account.name, "organization": organization.name, "kind": kind}
    note_deed(session, actor, "organization", account.id, "affiliated", before={}, after=said)
    return _begin(session, account.id, organization, kind)


def part(session: Session, actor: Actor, affiliation: Affiliation, account: Account) -> None:
    """Somebody does not work for a partner any more, or a bot falls silent. Staff of the host leave their group."""
    require(actor, Act.ADMINISTER)
    organization = affiliation.organization
    if organization.is_host and affiliation.kind == "staff":
        raise Invalid(_("Take them out of the group of the staff: then they belong to the host no more."))
    if affiliation.until is not None:
        raise Conflict(_("That has ended already."))
    said = {"name": account.name, "organization": organization.name}
    note_deed(session, actor, "organization", account.id, "parted", before=said, after={})
    end_affiliation(session, account.id, organization)


def be_listed(session: Session, actor: Actor, account: Account, yes: bool) -> None:
    """Stand by name among the people on the organization's page, or not any more."""
    require(actor, Act.BE_LISTED, account)
    affiliation = queries.affiliation_of(session, account.id, clock.now())
    if affiliation is None:
        raise Conflict(_("You do not belong to an organization any more."))
    affiliation.listed_at = clock.now() if yes else None
    emit(session, ListingChosen(affiliation.id))


def begin_affiliation(session: Session, account_id: int, organization: Organization) -> None:
    """Somebody works there from now on. The caller has asked whether that may be said."""
    if queries.affiliation_of(session, account_id, clock.now()) is None:
        _begin(session, account_id, organization, "staff")


def end_affiliation(session: Session, account_id: int, organization: Organization) -> None:
    """Somebody works there no longer, and speaks in no role of it. The caller has asked whether that may be said."""
    row = queries.affiliation_of(session, account_id, clock.now())
    if row is None or row.organization_id != organization.id:
        return
    row.until = clock.now()
    worn = (RoleGrant.account_id == account_id, RoleGrant.organization_id == organization.id, RoleGrant.until.is_(None))
    for grant in session.scalars(select(RoleGrant).where(*worn)):
        grant.until = row.until
        emit(session, RoleEnded(grant.id))
    emit(session, AffiliationEnded(row.id))


def _begin(session: Session, account_id: int, organization: Organization, kind: str) -> Affiliation:
    row = Affiliation(account_id=account_id, organization_id=organization.id, kind=kind, since=clock.now())
    session.add(row)
    session.flush()
    emit(session, AffiliationBegan(row.id))
    return row
