"""The desk of the organization's people."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint
from flask_babel import format_timedelta
from werkzeug.wrappers import Response

from forum import identity
from forum.core import clock
from forum.core.db import reading
from forum.core.errors import SignInNeeded
from forum.core.web.pages import render
from forum.core.words import gettext as _
from forum.organization import charter_words
from forum.organization import wording as organization_words
from forum.organization.verdicts import percent
from forum.posts import wording
from forum.stewardship.queries import desk as desks

blueprint = Blueprint("stewardship", __name__)


@blueprint.get("/desk")
def desk() -> Response:
    """What waits for them."""
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to do this."))
    found = desks.desk(reading(), actor)
    return render(
        "stewardship/desk.html",
        desk=found,
        promises=charter_words,
        words=organization_words,
        wording=wording,
        due=_due,
        percent=percent,
    )


def _due(at: datetime | None) -> str:
    """Until when something has to be done, in words."""
    if at is None:
        return _("no day is set")
    left = at - clock.now()
    if left < timedelta():
        return _("%(span)s late", span=format_timedelta(-left))
    return _("due %(when)s", when=format_timedelta(left, add_direction=True))
