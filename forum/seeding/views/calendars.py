"""The seeding calendar for calendar programs, at a private address that can be taken back."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import flash, make_response, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import NotFound
from forum.core.web.pages import render, see_other
from forum.core.web.running import settings
from forum.core.words import gettext as _
from forum.gatherings.icalendar import MIMETYPE, calendar
from forum.permissions import Act, allows
from forum.seeding import actions
from forum.seeding.queries import calendars
from forum.seeding.views import blueprint


@blueprint.post("/organization/seeding/calendar")
def open_calendar() -> Response:
    """Make a private address; it is shown this once."""
    with transaction() as session:
        secret = actions.open_calendar(session, identity.actor())
    address = settings().base_url.rstrip("/") + url_for("seeding.feed", secret=secret)
    answer = render("seeding/address.html", private_address=address)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/organization/seeding/calendar/end")
def end_calendar() -> Response:
    """Let it lead nowhere."""
    with transaction() as session:
        actions.end_calendar(session, identity.actor())
    flash(_("The address leads nowhere any more."), "success")
    return see_other(url_for("seeding.index"))


@blueprint.get("/organization/seeding/<secret>.ics")
def feed(secret: str) -> Response:
    """The calendar, for whoever has the address, as long as its owner is of the staff."""
    session = reading()
    actor = identity.actor_for(session, calendars.whose(session, secret))
    if not allows(actor, Act.SEE_SEEDS):
        raise NotFound
    host = urlsplit(settings().base_url).hostname or "localhost"
    entries = calendars.entries(session, actor, settings().base_url.rstrip("/"), host)
    answer = make_response(calendar(entries, _("Seeding calendar")))
    answer.mimetype = MIMETYPE
    answer.headers["Content-Disposition"] = 'inline; filename="seeding.ics"'
    answer.headers["Cache-Control"] = "private, max-age=900"
    answer.add_etag()
    return answer.make_conditional(request)
