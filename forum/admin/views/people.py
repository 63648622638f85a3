"""People: finding them, seeing how they stand, and giving imported authors to whom they are."""

from __future__ import annotations

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import actions, addresses
from forum.admin import queries
from forum.admin.forms import InviteForm
from forum.admin.queries import State
from forum.admin.views.gate import DONE, ID, change, guard
from forum.core.db import reading
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _

blueprint = Blueprint("admin_people", __name__, url_prefix="/admin/people")
blueprint.before_request(guard)


@blueprint.get("")
def index() -> Response:
    words, state = request.args.get("q", "")[:254], request.args.get("state", "")
    number = request.args.get("page", 1, type=int)
    found = queries.people(reading(), identity.actor(), words, state, min(number, 10**6))
    return render(
        "admin/people.html", people=found, words=words, state=state, states=_states(), state_of=queries.state_of
    )


@blueprint.get(f"/<{ID}:account_id>")
def person(account_id: int) -> Response:
    return _page(account_id, InviteForm(formdata=None))


@blueprint.post(f"/<{ID}:account_id>/invite")
def invite(account_id: int) -> Response:
    form = InviteForm()

    def verb(session: Session, email: str) -> None:
        account = queries.person(session, identity.actor(), account_id)
        actions.invite_to_claim(session, identity.actor(), account, email)

    if (status := change(form, lambda: addresses.check(form.email.data or ""), verb)) == DONE:
        flash(_("A mail with a link is on its way to %(email)s.", email=form.email.data), "success")
        return see_other(url_for("admin_people.person", account_id=account_id))
    return _page(account_id, form, status)


def _page(account_id: int, form: InviteForm, status: int = 200) -> Response:
    found = queries.person(reading(), identity.actor(), account_id)
    return render(
        "admin/person.html",
        status=status,
        person=found,
        state=queries.state_of(found),
        states=_states(),
        groups=queries.groups_of(reading(), identity.actor(), found),
        form=form,
    )


def _states() -> dict[str, str]:
    return {
        State.HERE: _("Here"),
        State.UNCONFIRMED: _("Address not confirmed"),
        State.PLACEHOLDER: _("Not claimed yet"),
        State.SUSPENDED: _("Suspended"),
        State.GONE: _("Left"),
    }
