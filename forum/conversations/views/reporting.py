"""Reporting a message, and what moderators see of it."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.conversations import actions, queries
from forum.conversations.forms import ReportForm
from forum.conversations.views import blueprint
from forum.conversations.views.reading import place_of
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, NotFound
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.permissions import Act, require


@blueprint.get("/messages/<int:message_id>/report")
def report(message_id: int) -> Response:
    """Which message, what the moderators will see, and the form."""
    actor = identity.actor()
    found, _seen = queries.message(reading(), actor, message_id)
    require(actor, Act.REPORT_MESSAGE, found)
    return render("conversations/report.html", message=found, form=ReportForm(formdata=None))


@blueprint.post("/messages/<int:message_id>/report")
@limiter.limit("20/hour")
def send_report(message_id: int) -> Response:
    """Show it to the moderators."""
    actor, form = identity.actor(), ReportForm()
    try:
        with transaction() as session:
            found, seen = queries.message(session, actor, message_id)
            actions.report_message(session, actor, found, seen, form.reason.data or "")
            url = place_of(found, seen)
    except Invalid as error:
        form.show(error)
        found, _seen = queries.message(reading(), actor, message_id)
        return render("conversations/report.html", status=422, message=found, form=form)
    flash(
        _("The moderators can read this message and the two before and after it. Thank you for telling them."),
        "success",
    )
    return see_other(url)


# ── for moderators ────────────────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get("/moderation/messages")
def reports() -> Response:
    """Reported messages that wait, or those that are dealt with."""
    closed = request.args.get("show") == "closed"
    page = min(max(1, request.args.get("page", 1, type=int)), 10_000)
    found = queries.reports(reading(), identity.actor(), closed=closed, page=page)
    return render("conversations/reports.html", found=found, closed=closed)


@blueprint.get("/moderation/messages/<int:report_id>")
def evidence(report_id: int) -> Response:
    """The message, two before and two after."""
    return render("conversations/evidence.html", found=queries.evidence(reading(), identity.actor(), report_id))


@blueprint.post("/moderation/messages/<int:report_id>/close")
def close(report_id: int) -> Response:
    """It is dealt with."""
    actor = identity.actor()
    if not actor.is_moderator:
        raise NotFound
    with transaction() as session:
        actions.close_report(session, actor, queries.report(session, actor, report_id))
    flash(_("Closed."), "success")
    return see_other(url_for("conversations.reports"))
