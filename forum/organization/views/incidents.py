"""Incidents and banners: what everybody may read of them, and the forms of those who start, raise and end them."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts.models import Account
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid, NotFound
from forum.core.web import banners
from forum.core.web.pages import local_or, render, see_other, where_it_stood
from forum.core.words import gettext as _
from forum.organization import actions, wording
from forum.organization.forms.incidents import BannerForm, IncidentForm
from forum.organization.models import Organization
from forum.organization.queries import chartering, incidents
from forum.organization.views import blueprint
from forum.permissions import Actor
from forum.site import queries as sites
from forum.site.banners import BANNER


@blueprint.get("/organization/incidents")
def incidents_page() -> Response:
    """When nobody waited, and why; what stands at the head of every page."""
    return _page()


@blueprint.post("/organization/incidents")
def start_incident() -> Response:
    """Nobody waits from now on."""
    form = IncidentForm()
    try:
        with transaction() as session:
            there = chartering.chartered_organization(session, locked=True)
            actions.start_incident(session, identity.actor(), there, form.reason.data or "", form.wanted_hours())
    except Invalid as error:
        form.show(error)
        return _page(incident=form, status=422)
    except Conflict as error:
        return _page(incident=form, sentence=error.sentence, status=error.status)
    flash(_("Incident mode is on: nobody waits. End it as soon as it is over."), "success")
    return see_other(url_for("organization.incidents_page"))


@blueprint.post("/organization/incidents/end")
def end_incident() -> Response:
    """It is over."""
    return _ended(actions.end_incident, _("The incident is over: the limits hold again."), _("It is over already."))


@blueprint.post("/organization/banner")
def raise_banner() -> Response:
    """Put it up."""
    form = BannerForm()
    draft = form.draft()
    try:
        with transaction() as session:
            there = chartering.chartered_organization(session, locked=True)
            actions.raise_banner(session, identity.actor(), there, draft)
    except Invalid as error:
        form.show(error)
        return _page(banner=form, status=422)
    except Conflict as error:
        return _page(banner=form, sentence=error.sentence, status=error.status)
    flash(_("The banner stands at the head of every page."), "success")
    return see_other(url_for("organization.incidents_page"))


@blueprint.post("/organization/banner/end")
def end_banner() -> Response:
    """Take it down."""
    return _ended(actions.end_banner, _("The banner is taken down."), _("It is down already."))


def _ended(end: Callable[[Session, Actor, Organization], None], done: str, already: str) -> Response:
    """Whoever comes second hears that it is over, too."""
    try:
        with transaction() as session:
            end(session, identity.actor(), chartering.chartered_organization(session, locked=True))
        flash(done, "success")
    except Conflict:
        flash(already, "success")
    return see_other(url_for("organization.incidents_page"))


@blueprint.get("/banner")
def banner() -> Response:
    """A page of its own for guests: reading pages carry no token and no cookie."""
    line = _line(identity.actor().banner_seen)
    return render("organization/banner.html", line=line, next=local_or(request.args.get("next"), url_for("posts.home")))


@blueprint.post("/banner/<int(max=999999999):number>/away")
def put_banner_away(number: int) -> Response:
    """Not shown any more: to a member anywhere, to a guest in this browser."""
    actor = identity.actor()
    back = see_other(local_or(request.form.get("next"), where_it_stood()))
    if actor.account_id is None:
        return banners.remember(back, number)
    with transaction() as session:
        account = session.get_one(Account, actor.account_id)
        actions.put_banner_away(session, actor, account, number)
    return back


def _line(seen: int = 0) -> object:
    up = sites.site(reading()).lines(clock.now(), seen)
    return next((line for line in up if line.kind == BANNER), None)


def _page(
    incident: IncidentForm | None = None, banner: BannerForm | None = None, sentence: str = "", status: int = 200
) -> Response:
    session, now = reading(), clock.now()
    number = request.args.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise NotFound
    return render(
        "organization/incidents.html",
        status=status,
        organization=chartering.chartered_organization(session),
        log=incidents.incident_log(session, int(number)),
        going_on=incidents.going_on(session, now),
        banner_up=incidents.banner_up(session, now),
        incident=incident or IncidentForm(formdata=None),
        banner=banner or BannerForm(formdata=None),
        sentence=sentence,
        wording=wording,
    )
