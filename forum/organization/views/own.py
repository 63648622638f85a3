"""One's own part in an organization."""

from __future__ import annotations

from flask import flash, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.core.db import reading, transaction
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.organization import actions, wording
from forum.organization.forms import ListingForm
from forum.organization.queries import showing
from forum.organization.views import blueprint


@blueprint.get("/settings/organization")
def own() -> Response:
    """Since when one belongs to it, in which roles one speaks, and whether one stands by name on its page."""
    actor = identity.actor()
    affiliation = showing.own_affiliation(reading(), actor)
    form = ListingForm(formdata=None, data={"listed": affiliation.listed_at is not None})
    roles = showing.own_roles(reading(), actor)
    return render("organization/own.html", affiliation=affiliation, form=form, roles=roles, wording=wording)


@blueprint.post("/settings/organization")
def be_listed() -> Response:
    """Say anew whether one stands there by name."""
    actor, form = identity.actor(), ListingForm()
    with transaction() as session:
        actions.be_listed(session, actor, accounts.own(session, actor), bool(form.listed.data))
    flash(_("Saved."), "success")
    return see_other(url_for("organization.own"))
