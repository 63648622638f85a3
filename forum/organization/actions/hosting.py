"""Naming the host, and the organizations beside it; saying what they are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import GroupMember
from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.slugs import slug_of
from forum.core.words import gettext as _
from forum.organization import queries
from forum.organization.actions.affiliating import begin_affiliation
from forum.organization.called import checked_names
from forum.organization.drafts import LONGEST_ABOUT, About
from forum.organization.events import HostNamed, OrganizationDescribed, PartnerAdded
from forum.organization.models import LONGEST_NAME, LONGEST_SLUG, Organization
from forum.permissions import Act, Actor, Group, require
from forum.site import queries as sites
from forum.site.actions import note_change, note_deed
from forum.site.models import Deed


def name_host(session: Session, actor: Actor, name: str) -> Organization:
    """Say which organization hosts this place. Renaming keeps its people and everything they wrote."""
    require(actor, Act.ADMINISTER)
    name, slug = _named(name)
    host = queries.host(session)
    known = session.scalars(select(Organization).where(Organization.slug == slug)).first()
    if known is not None and known is not host:
        if host is not None:
            raise Conflict(_("There is another organization “%(name)s” here already.", name=known.name))
        host = known  # came with an import, and turns out to be the host
    before = host.name if host is not None and host.is_host else ""
    if host is None:
        host = Organization(created_at=clock.now())
        session.add(host)
    host.name, host.slug, host.is_host = name, slug, True
    sites.site(session).host = name
    session.flush()
    note_change(session, actor, "place", "host", name, before={"host": before}, after={"host": name})
    staff = select(GroupMember.account_id).where(GroupMember.group_id == int(Group.STAFF))
    for account_id in session.scalars(staff).all():  # who were staff before there was a name to belong to
        begin_affiliation(session, account_id, host)
    emit(session, HostNamed(host.id, actor.account_id))
    return host


def undo_host(session: Session, actor: Actor, deed: Deed) -> None:
    """Called as before this line of the log; Conflict when it was named once more since."""
    require(actor, Act.ADMINISTER)
    host, before = queries.host(session), deed.before.get("host")
    if deed.about != "place" or deed.subject != "host" or not before:
        raise Invalid(_("This cannot be undone from here."))
    if host is None or host.name != deed.after.get("host"):
        raise Conflict(_("It was changed once more since. Undo the later change first."))
    name_host(session, actor, before)


def know_host_as(session: Session, actor: Actor, names: Sequence[str]) -> None:
    """Say what people call the host besides. Whatever names it so counts as about it from now on."""
    require(actor, Act.ADMINISTER)
    host = queries.host(session)
    if host is None:
        raise Invalid(_("Say first which organization hosts this place."), "also")
    before, after = host.also_known_as, checked_names("\n".join(names))
    if before == after:
        return
    host.also_known_as = after
    session.flush()
    note_deed(session, actor, "place", "names", "known_as", before={"names": before}, after={"names": after})


def undo_known_as(session: Session, actor: Actor, deed: Deed) -> None:
    """Known as before this line of the log; Conflict when that was changed once more since."""
    require(actor, Act.ADMINISTER)
    host = queries.host(session)
    if deed.deed != "known_as" or host is None:
        raise Invalid(_("This cannot be undone from here."))
    if host.also_known_as != deed.after.get("names"):
        raise Conflict(_("It was changed once more since. Undo the later change first."))
    know_host_as(session, actor, deed.before.get("names") or [])


def add_partner(session: Session, actor: Actor, name: str) -> Organization:
    """Another organization whose people and bots take part here in its name."""
    require(actor, Act.ADMINISTER)
    name, slug = _named(name)
    if session.scalars(select(Organization.id).where(Organization.slug == slug)).first() is not None:
        raise Conflict(_("There is another organization “%(name)s” here already.", name=name))
    partner = Organization(name=name, slug=slug, created_at=clock.now())
    session.add(partner)
    session.flush()
    note_change(session, actor, "organization", partner.id, name, before={}, after={"name": name}, deed="added")
    emit(session, PartnerAdded(partner.id))
    return partner


def describe_organization(session: Session, actor: Actor, organization: Organization, about: About) -> None:
    """Say what an organization is and why it takes part."""
    require(actor, Act.ADMINISTER)
    if len(about.source) > LONGEST_ABOUT:
        raise Invalid(_("That is too long: at most %(n)s characters.", n=LONGEST_ABOUT), "about")
    before = {"about": organization.about_source}
    organization.about_source, organization.about_html = about.source, about.html
    note_change(
        session, actor, "organization", organization.id, organization.name, before=before, after={"about": about.source}
    )
    emit(session, OrganizationDescribed(organization.id))


def _named(typed: str) -> tuple[str, str]:
    """A name as it will stand there, and its address."""
    name = one_line(typed)
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_("Write the organization’s name, in at most %(n)s characters.", n=LONGEST_NAME), "name")
    return name, slug_of(name, LONGEST_SLUG) or "organization"
