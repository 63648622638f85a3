"""Not hearing of somebody, and from whom messages may come."""

from __future__ import annotations

from flask import flash, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField

from forum import identity
from forum.accounts import actions, ignoring, queries
from forum.accounts.actions.ignoring import SPANS
from forum.accounts.models import Account
from forum.accounts.views import blueprint
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, NotFound, SignInNeeded
from forum.core.web.forms import Form
from forum.core.web.pages import render, see_other
from forum.core.web.typed import typed_number
from forum.core.words import gettext as _
from forum.permissions import Act, require


class SendersForm(Form):
    """From whom conversations may come."""

    messages_from = RadioField(
        _l("Who may begin a conversation with you"),
        description=_l("Moderators always can. You know whom you have written to, and who is in a group with you."),
        choices=[("everyone", _l("Every member")), ("known", _l("People I know here"))],
    )


def _somebody(name: str) -> Account:
    account = queries.profile_of(reading(), name)
    require(identity.actor(), Act.IGNORE, account)
    return account


@blueprint.get("/u/<name>/ignore")
def ignore(name: str) -> Response:
    """For how long, and what it means."""
    return _choosing(_somebody(name))


def _choosing(person: Account, sentence: str = "", status: int = 200) -> Response:
    may = ignoring.may_be_ignored(reading(), person.id)
    return render("accounts/ignore.html", status=status, person=person, may=may, spans=SPANS, sentence=sentence)


@blueprint.post("/u/<name>/ignore")
def begin_ignoring(name: str) -> Response:
    """From now on."""
    actor, days = identity.actor(), typed_number(request.form.get("days", ""))
    person = _somebody(name)
    try:
        with transaction() as session:
            account = queries.profile_of(session, name)
            actions.ignore(session, actor, account, -1 if days is None else days)
    except Invalid as error:
        return _choosing(person, error.sentence, 422)
    flash(_("You ignore %(name)s from now on. Nobody else learns of it.", name=account.shown_name), "success")
    return see_other(url_for("accounts.settings_people"))


@blueprint.post("/u/<name>/ignore/end")
def stop_ignoring(name: str) -> Response:
    """Hear of them again."""
    actor = identity.actor()
    _somebody(name)
    with transaction() as session:
        account = queries.profile_of(session, name)
        actions.stop_ignoring(session, actor, account)
    flash(_("You hear of %(name)s again.", name=account.shown_name), "success")
    return see_other(url_for("accounts.settings_people"))


@blueprint.get("/settings/people")
def settings_people() -> Response:
    """From whom messages may come, and whom one ignores."""
    return _people_page()


@blueprint.post("/settings/people")
def choose_senders() -> Response:
    """Say from whom."""
    actor, form = identity.actor(), SendersForm()
    if actor.is_guest:
        raise NotFound
    try:
        with transaction() as session:
            actions.choose_senders(session, actor, queries.own(session, actor), form.messages_from.data or "")
    except Invalid as error:
        form.show(error)
        return _people_page(form, status=422)
    flash(_("Saved."), "success")
    return see_other(url_for("accounts.settings_people"))


def _people_page(form: SendersForm | None = None, status: int = 200) -> Response:
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to see your settings."))
    account = queries.own(reading(), actor)
    return render(
        "accounts/settings/people.html",
        status=status,
        form=form or SendersForm(formdata=None, data={"messages_from": account.messages_from}),
        ignored=ignoring.list_of(reading(), actor),
    )
