"""The first visit to a fresh install, by the link that its start printed."""

from __future__ import annotations

from flask import flash, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import actions, queries
from forum.accounts.forms import SetupForm
from forum.accounts.views import blueprint
from forum.accounts.views.browser import device, let_in
from forum.core.db import reading, transaction
from forum.core.errors import Gone, Invalid
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _


def _refuse_used(secret: str) -> None:
    if not queries.opens_setup(reading(), secret):
        raise Gone(_("This place has been set up already, or the link is of an earlier start."))


@blueprint.get("/setup/<secret>")
@limiter.limit("20/minute")
def setup(secret: str) -> Response:
    """Who will look after this place?"""
    _refuse_used(secret)
    return render("accounts/setup.html", form=SetupForm())


@blueprint.post("/setup/<secret>")
@limiter.limit("20/minute")
def found(secret: str) -> Response:
    """The first administrator, who is in."""
    _refuse_used(secret)
    form, actor, browser = SetupForm(), identity.actor(), device()
    try:
        draft = form.draft()
        with transaction() as session:
            entered = actions.found(session, actor, secret, draft, browser)
    except Invalid as error:
        form.show(error)
        return render("accounts/setup.html", status=422, form=form)
    let_in(entered)
    flash(_("This place is yours to look after."), "success")
    return see_other(url_for("posts.home"))
