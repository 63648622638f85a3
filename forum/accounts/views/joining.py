"""Joining."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import actions, admission, queries
from forum.accounts.forms import SignUpForm
from forum.accounts.views import blueprint
from forum.accounts.views.browser import device, keep, kept
from forum.accounts.views.entering import attempts
from forum.accounts.views.gating import invitation_in
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, Invalid, NotFound, TooSoon
from forum.core.web.limits import limiter
from forum.core.web.pages import local_or, render, see_other
from forum.core.words import gettext as _
from forum.shields.counting import counted
from forum.shields.refusals import Blocked

# What the cookie remembers between sign-up and confirmation: the number of the mail. It tells nothing about anybody.
PENDING = "sign_up"
LONGEST_ONWARD = 500


@blueprint.get("/sign-up")
def sign_up() -> Response:
    """The form; who is in already goes home."""
    if not identity.actor().is_guest:
        return see_other(url_for("posts.home"))
    form = SignUpForm(formdata=None, data={"invitation": request.args.get("invitation", "")[:200]})
    form.begin()
    return _page(form, local_or(request.args.get("next"), ""))


def _page(form: SignUpForm, onward: str, status: int = 200, *, is_blocked: bool = False) -> Response:
    """The form, with what the gate asks; or, where one joins by invitation only, how to get one."""
    gate, invitation = admission.gate(reading()), invitation_in(form.invitation.data or "")
    by = queries.by_id(reading(), invitation.by_id) if invitation is not None else None
    return render(
        "accounts/sign_up.html",
        status=status,
        form=form,
        onward=onward,
        gate=gate,
        invited_by=by,
        is_closed=gate.mode == "invitation" and invitation is None,
        is_blocked=is_blocked,
    )


@blueprint.post("/sign-up")
@limiter.limit("10/minute;60/hour")
def join() -> Response:
    """Ask for an account. Whoever has the address, the answer is the same, after the same work."""
    form, actor = SignUpForm(), identity.actor()
    try:
        draft = replace(form.draft(), onward=local_or(request.form.get("next", "")[:LONGEST_ONWARD], ""))
        invitation = invitation_in(form.invitation.data or "")
        if invitation is not None:
            draft = replace(draft, entry=replace(draft.entry, invitation_id=invitation.id))
        draft = replace(draft, address=device().address)
        with counted(), transaction() as session:
            number = actions.sign_up(session, actor, draft)
    except Invalid as error:
        form.show(error)
        return _again(form, error)
    except TooSoon as error:
        form.form_errors.append(error.sentence)
        return _again(form, error)
    keep(PENDING, number)
    return see_other(url_for("accounts.sign_up_sent"))


def _again(form: SignUpForm, error: ForumError) -> Response:
    """The form with what was said to it; who is kept out learns how to reach somebody."""
    form.begin()
    onward = local_or(request.form.get("next"), "")
    return _page(form, onward, status=error.status, is_blocked=isinstance(error, Blocked | TooSoon))


@blueprint.get("/sign-up/sent")
def sign_up_sent() -> Response:
    """The mail is on its way, and can be sent again."""
    return render("accounts/sign_up_sent.html", can_send_again=kept(PENDING) is not None)


@blueprint.post("/sign-up/again")
@limiter.limit(attempts)
def send_again() -> Response:
    """The same mail once more."""
    number, actor = kept(PENDING), identity.actor()
    if not isinstance(number, int):
        raise NotFound
    with transaction() as session:
        number = actions.send_again(session, actor, number)
    keep(PENDING, number)
    flash(_("We sent the mail again."), "success")
    return see_other(url_for("accounts.sign_up_sent"))
