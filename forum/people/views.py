"""Saying what one helps with and when one is away; finding who helps."""

from __future__ import annotations

from flask import Blueprint, flash, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.boards import queries as boards
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, NotFound, SignInNeeded
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.people import actions, queries
from forum.people.forms import AwayForm, HelpForm
from forum.permissions import Act, allows

blueprint = Blueprint("people", __name__)


@blueprint.get("/tags/<slug>/people")
def helpers(slug: str) -> Response:
    """Who helps with what a tag is about."""
    found = boards.tags_by_slugs(reading(), {slug})
    if not found:
        raise NotFound(_("There is no such tag."))
    tag = next(iter(found))
    return render("people/helpers.html", tag=tag, helpers=queries.helpers(reading(), identity.actor(), tag))


@blueprint.get("/settings/helping")
def helping() -> Response:
    """What one helps with; for staff, when they are away."""
    return _page()


@blueprint.post("/settings/helping")
def choose_help() -> Response:
    """Say it anew."""
    actor, form = identity.actor(), HelpForm()
    try:
        with transaction() as session:
            actions.choose_help(session, actor, accounts.own(session, actor), form.tags.data or [])
    except Invalid as error:
        form.show(error)
        return _page(help_form=form, status=422)
    flash(_("Saved."), "success")
    return see_other(url_for("people.helping"))


@blueprint.post("/settings/away")
def set_away() -> Response:
    """Be away."""
    actor, form = identity.actor(), AwayForm()
    try:
        with transaction() as session:
            actions.set_away(
                session,
                actor,
                accounts.own(session, actor),
                form.first_day.data,
                form.last_day.data,
                form.sentence.data or "",
                form.backup.data or "",
            )
    except Invalid as error:
        form.show(error)
        return _page(away_form=form, status=422)
    flash(_("Your profile says so on those days."), "success")
    return see_other(url_for("people.helping"))


@blueprint.post("/settings/away/end")
def end_away() -> Response:
    """Be back."""
    actor = identity.actor()
    with transaction() as session:
        actions.end_away(session, actor, accounts.own(session, actor))
    flash(_("Welcome back."), "success")
    return see_other(url_for("people.helping"))


def _page(*, help_form: HelpForm | None = None, away_form: AwayForm | None = None, status: int = 200) -> Response:
    session, actor = reading(), identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to see your settings."))
    account = accounts.own(session, actor)
    chosen, away = queries.helps_with(session, account.id), queries.away(session, account.id)
    form = help_form or HelpForm(formdata=None, data={"tags": [tag.slug for tag in chosen]})
    form.tags.choices = [(tag.slug, tag.name) for tag in boards.tags(session)]
    said = {"first_day": away.first_day, "last_day": away.last_day, "sentence": away.sentence} if away else {}
    if away is not None and away.backup is not None:
        said["backup"] = away.backup.name
    return render(
        "people/helping.html",
        status=status,
        help_form=form,
        away_form=away_form or AwayForm(formdata=None, data=said),
        away=away,
        may_be_away=allows(actor, Act.SET_AWAY, account),
    )
