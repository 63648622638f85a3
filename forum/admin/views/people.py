"""People: finding them, seeing how they stand, and giving imported authors to whom they are."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import actions, addresses
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.accounts.sanctioned import suspensions
from forum.admin import actions as admin
from forum.admin import queries
from forum.admin.forms.people import CloseForm, InviteForm, MergeForm, MoveForm, PerksForm
from forum.admin.merging import what_moves
from forum.admin.queries import State
from forum.admin.views.gate import DONE, ID, change, guard, press
from forum.core import clock
from forum.core.db import reading
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.organization import actions as organization
from forum.pages import queries as pages
from forum.site import queries as sites

blueprint = Blueprint("admin_people", __name__, url_prefix="/admin/people")
blueprint.before_request(guard)


@blueprint.get("")
def index() -> Response:
    words, state = request.args.get("q", "")[:254], request.args.get("state", "")
    number = request.args.get("page", 1, type=int)
    found = queries.people(reading(), identity.actor(), words, state, min(number, 10**6))
    return render(
        "admin/people.html",
        people=found,
        words=words,
        state=state,
        states=_states(),
        filters=_filters(),
        state_of=queries.states_of(reading(), identity.actor(), found.items),
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


@blueprint.post(f"/<{ID}:account_id>/move")
def move(account_id: int) -> Response:
    form = MoveForm()

    def verb(session: Session, email: str) -> None:
        account = queries.person(session, identity.actor(), account_id)
        actions.move_address(session, identity.actor(), account, email, form.reason.data or "")

    if (status := change(form, lambda: addresses.check(form.new_email.data or ""), verb)) == DONE:
        flash(_("The account has another address. Both were told."), "success")
        return see_other(url_for("admin_people.person", account_id=account_id))
    if errors := getattr(form, "email", None):
        form.new_email.errors = errors
    return _page(account_id, move_form=form, status=status)


@blueprint.post(f"/<{ID}:account_id>/close")
def close(account_id: int) -> Response:
    form = CloseForm()

    def verb(session: Session, reason: str) -> None:
        admin.close_account(session, identity.actor(), queries.person(session, identity.actor(), account_id), reason)

    if (status := change(form, lambda: form.reason.data or "", verb)) == DONE:
        flash(_("The account is closed. What it wrote stays."), "success")
        return see_other(url_for("admin_people.person", account_id=account_id))
    return _page(account_id, close_form=form, status=status)


@blueprint.post(f"/<{ID}:account_id>/reopen")
def reopen(account_id: int) -> Response:
    def verb(session: Session) -> str:
        account = queries.person(session, identity.actor(), account_id)
        actions.reactivate(session, identity.actor(), account)
        return _("The account is open again.")

    return press(verb, url_for("admin_people.person", account_id=account_id))


@blueprint.get(f"/<{ID}:account_id>/merge")
def preview_merge(account_id: int) -> Response:
    """What would move, before anything does."""
    return _merge_page(account_id, MergeForm(formdata=request.args))


@blueprint.post(f"/<{ID}:account_id>/merge")
def merge(account_id: int) -> Response:
    form = MergeForm()
    into = _named(form.into.data or "")
    into_id = into.id if into is not None else 0

    def verb(session: Session, confirmed: str) -> None:
        actor = identity.actor()
        gone, stays = queries.person(session, actor, account_id), queries.person(session, actor, into_id)
        admin.merge_accounts(session, actor, gone, stays, confirmed)

    if (status := change(form, lambda: form.confirmed.data or "", verb)) == DONE:
        flash(_("They are one account now."), "success")
        return see_other(url_for("admin_people.person", account_id=into_id))
    return _merge_page(account_id, form, status)


@blueprint.post(f"/<{ID}:account_id>/perks")
def give_perks(account_id: int) -> Response:
    """They have something from the organization."""
    form = PerksForm()

    def verb(session: Session, since: date) -> None:
        account = queries.person(session, identity.actor(), account_id)
        organization.give_perks(session, identity.actor(), account, form.words.data or "", since)

    if (status := change(form, form.day, verb)) == DONE:
        flash(_("Everybody sees it now."), "success")
        return see_other(url_for("admin_people.person", account_id=account_id))
    return _page(account_id, perks_form=form, status=status)


@blueprint.post(f"/<{ID}:account_id>/end-perks")
def end_perks(account_id: int) -> Response:
    """They have it no more."""

    def verb(session: Session) -> str:
        organization.end_perks(session, identity.actor(), queries.person(session, identity.actor(), account_id))
        return _("They have no perks any more.")

    return press(verb, url_for("admin_people.person", account_id=account_id))


def _named(name: str) -> Account | None:
    return accounts.by_login(reading(), name) if name.strip() else None


def _merge_page(account_id: int, form: MergeForm, status: int = 200) -> Response:
    gone = queries.person(reading(), identity.actor(), account_id)
    into = _named(form.into.data or "")
    if into is None or into.id == gone.id:
        flash(_("Say which other account stays: by its user name or its address."), "error")
        return see_other(url_for("admin_people.person", account_id=account_id, _anchor="merge"))
    moving = what_moves(reading(), identity.actor(), gone)
    return render("admin/merge.html", status=status, gone=gone, into=into, moving=moving, form=form)


def _page(
    account_id: int,
    form: InviteForm | None = None,
    status: int = 200,
    *,
    move_form: MoveForm | None = None,
    close_form: CloseForm | None = None,
    perks_form: PerksForm | None = None,
) -> Response:
    actor = identity.actor()
    found = queries.person(reading(), actor, account_id)
    log = sites.log(reading(), actor, "person", str(account_id))
    return render(
        "admin/person.html",
        status=status,
        person=found,
        state=queries.states_of(reading(), actor, [found])[found.id],
        suspension=suspensions(reading(), [found.id], clock.now()).get(found.id),
        states=_states(),
        groups=queries.groups_of(reading(), identity.actor(), found),
        form=form or InviteForm(formdata=None),
        move_form=move_form or MoveForm(formdata=None),
        close_form=close_form or CloseForm(formdata=None),
        perks_form=perks_form or PerksForm(formdata=None, data={"words": found.perks, "since": found.perks_since}),
        merge_form=MergeForm(formdata=None),
        names=queries.former_names(reading(), actor, found),
        sessions=queries.sessions_number(reading(), actor, found),
        accepted=pages.accepted_by(reading(), account_id),
        lines=queries.said_lines(reading(), actor, log.items),
    )


def _states() -> dict[str, str]:
    return {
        State.HERE: _("Here"),
        State.UNCONFIRMED: _("Address not confirmed"),
        State.PLACEHOLDER: _("Not claimed yet"),
        State.SUSPENDED: _("Suspended"),
        State.GONE: _("Left"),
    }


def _filters() -> dict[str, str]:
    """By which one can look for people."""
    return _states() | {"newcomers": _("New here"), "staff": _("With a role here")}
