"""Naming the host, and keeping the dated record of who belongs to it."""

from __future__ import annotations

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
from forum.organization.events import AffiliationBegan, AffiliationEnded, HostNamed
from forum.organization.models import Affiliation, Organization
from forum.permissions import Act, Actor, Group, require
from forum.site import queries as sites
from forum.site.actions import note_change
from forum.site.models import Deed

LONGEST_NAME = 80
LONGEST_SLUG = 60


def name_host(session: Session, actor: Actor, name: str) -> Organization:
    """Say which organization hosts this place. Renaming keeps its people and everything they wrote."""
    require(actor, Act.ADMINISTER)
    name = one_line(name)
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_("Write the organization’s name, in at most %(n)s characters.", n=LONGEST_NAME), "name")
    slug = slug_of(name, LONGEST_SLUG) or "host"
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


def begin_affiliation(session: Session, account_id: int, organization: Organization) -> None:
    """Somebody works there from now on. The caller has asked whether that may be said."""
    if queries.affiliation_of(session, account_id, clock.now()) is not None:
        return
    row = Affiliation(account_id=account_id, organization_id=organization.id, kind="staff", since=clock.now())
    session.add(row)
    session.flush()
    emit(session, AffiliationBegan(row.id))


def end_affiliation(session: Session, account_id: int, organization: Organization) -> None:
    """Somebody works there no longer. The caller has asked whether that may be said."""
    row = queries.affiliation_of(session, account_id, clock.now())
    if row is None or row.organization_id != organization.id:
        return
    row.until = clock.now()
    emit(session, AffiliationEnded(row.id))
