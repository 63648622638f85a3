"""The outbox: mails that were sent, wait, or had nowhere to go."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from forum import identity
from forum.admin.queries import mail_states
from forum.admin.views.gate import ID, guard
from forum.core.db import reading
from forum.core.web.pages import render
from forum.core.web.running import settings
from forum.core.words import gettext as _
from forum.mail import queries

blueprint = Blueprint("admin_outbox", __name__, url_prefix="/admin/outbox")
blueprint.before_request(guard)


@blueprint.get("")
def index() -> Response:
    number = min(request.args.get("page", 1, type=int), 10**6)
    return render(
        "admin/outbox.html",
        mails=queries.outbox(reading(), identity.actor(), number),
        counts=mail_states(reading(), identity.actor()),
        states=_states(),
        has_server=bool(settings().smtp_url),
    )


@blueprint.get(f"/<{ID}:message_id>")
def message(message_id: int) -> Response:
    """A secret is shown only where the mail itself will never arrive to tell it."""
    found = queries.message(reading(), identity.actor(), message_id)
    text = found.text if found.state == "kept" or not found.is_secret else ""
    return render("admin/mail.html", mail=found, text=text, states=_states())


def _states() -> dict[str, str]:
    return {"waiting": _("Waiting"), "kept": _("Kept here"), "sent": _("Sent"), "given_up": _("Given up")}
