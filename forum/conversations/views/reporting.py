"""Showing a message to the moderators: they find it in their queue."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response

from forum import identity
from forum.conversations import actions, queries
from forum.conversations.forms import ReportForm
from forum.conversations.views import blueprint
from forum.conversations.views.reading import place_of
from forum.core.db import reading, transaction
from forum.core.errors import Invalid
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
