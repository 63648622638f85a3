"""Incident mode: something is wrong, and until it is over nobody of the organization waits for anybody."""

from __future__ import annotations

from datetime import timedelta
from html import escape

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.organization.events import IncidentBegan, IncidentEnded
from forum.organization.models import Organization
from forum.organization.notice_models import LONGEST_REASON, Incident
from forum.organization.queries import incidents
from forum.organization.situation import INCIDENT
from forum.permissions import Act, Actor, Role, require
from forum.site import queries as sites
from forum.site.actions import note_deed
from forum.site.banners import INCIDENT as LINE
from forum.site.banners import Line, with_line

SHORTEST_REASON = 15
LONGEST_HOURS = INCIDENT // timedelta(hours=1)


def start_incident(session: Session, actor: Actor, organization: Organization, reason: str, hours: int) -> Incident:
    """From now on, for at most 72 hours, nobody waits (`organization` locked). Everybody reads why."""
    require(actor, Act.RUN_INCIDENT, organization)
    reason, now = one_line(reason), clock.now()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        words = _("Say what is wrong, in %(least)s to %(most)s characters.", least=SHORTEST_REASON, most=LONGEST_REASON)
        raise Invalid(words, "reason")
    if not 1 <= hours <= LONGEST_HOURS:
        raise Invalid(_("From 1 to %(n)s hours: start another where that is not enough.", n=LONGEST_HOURS), "hours")
    if incidents.going_on(session, now) is not None:
        raise Conflict(_("An incident is going on already. End it before you start another."))
    row = Incident(
        organization_id=organization.id,
        reason=reason,
        role=str(Role.HOST),
        started_at=now,
        started_by_id=actor.account_id,
        until=now + timedelta(hours=hours),
    )
    session.add(row)
    session.flush()
    site = sites.site(session)
    line = Line(LINE, row.id, escape(reason), "/organization/incidents", row.until)
    site.banners = with_line(site.banners, LINE, line)
    said = {"note": reason, "number": hours}
    note_deed(session, actor, "organization", organization.id, "incident_began", after=said)
    emit(session, IncidentBegan(row.id))
    return row


def end_incident(session: Session, actor: Actor, organization: Organization) -> None:
    """It is over (`organization` locked)."""
    require(actor, Act.RUN_INCIDENT, organization)
    row = incidents.going_on(session, clock.now())
    if row is None:
        raise Conflict(_("No incident is going on."))
    row.ended_at = clock.now()
    site = sites.site(session)
    site.banners = with_line(site.banners, LINE, None)
    note_deed(session, actor, "organization", organization.id, "incident_ended", after={"note": row.reason})
    emit(session, IncidentEnded(row.id))
