"""A member's own standing and why; for moderators, anybody's, with a way to hold it."""

from __future__ import annotations

from flask import Blueprint, flash, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, NotFound, SignInNeeded
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.permissions import Act, allows
from forum.posts.limits import limits_from
from forum.site import queries as sites
from forum.site import settings
from forum.standing import actions, queries
from forum.standing.forms import HoldForm

blueprint = Blueprint("standing", __name__)


@blueprint.get("/standing")
def own() -> Response:
    """Where the reader stands."""
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded
    return _page(actor.name, HoldForm(formdata=None))


@blueprint.get("/standing/<name>")
def member(name: str) -> Response:
    """Where somebody stands, for moderators."""
    if identity.actor().is_guest:
        raise SignInNeeded
    return _page(name, HoldForm(formdata=None))


@blueprint.post("/standing/<name>/hold")
def hold(name: str) -> Response:
    """Keep them at a level."""
    form = HoldForm()
    try:
        with transaction() as session:
            account = _account(name)
            actions.hold_standing(session, identity.actor(), account, form.level.data or "", form.reason.data or "")
    except Invalid as error:
        form.show(error)
        return _page(name, form, error.status)
    flash(_("They stand there now, and read why."), "success")
    return see_other(url_for("standing.member", name=name))


@blueprint.post("/standing/<name>/release")
def release(name: str) -> Response:
    """Let behaviour decide again."""
    try:
        with transaction() as session:
            actions.release_standing(session, identity.actor(), _account(name))
    except Invalid as error:
        flash(error.sentence, "error")
        return see_other(url_for("standing.member", name=name))
    flash(_("What they do decides again."), "success")
    return see_other(url_for("standing.member", name=name))


def _account(name: str) -> Account:
    account = accounts.by_name(reading(), name)
    if account is None:
        raise NotFound
    return account


def _page(name: str, form: HoldForm, status: int = 200) -> Response:
    actor = identity.actor()
    page = queries.standing_page(reading(), actor, name, clock.now())
    kept = sites.settings(reading())
    return render(
        "standing/page.html",
        status=status,
        page=page,
        limits=limits_from(kept),
        said={key: settings.said(key, settings.number(kept, key)) for key in settings.TABLE},
        is_own=page.account.id == actor.account_id,
        may_hold=allows(actor, Act.HOLD_STANDING, page.account) and not page.is_outside,
        form=form.offer(),
    )
