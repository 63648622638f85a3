"""Links from mails. Each is a page with a button: opening a link changes nothing, since mail programs open them too."""

from __future__ import annotations

from flask import flash, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import actions, addresses, admission, drafts, queries
from forum.accounts.forms import ConfirmForm, NewPasswordForm
from forum.accounts.models import Account, Token
from forum.accounts.tokens import Purpose
from forum.accounts.views import blueprint
from forum.accounts.views.browser import device, let_in
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, ForumError, Gone, Invalid
from forum.core.web.limits import limiter
from forum.core.web.pages import local_or, render, see_other
from forum.core.words import gettext as _

OPENINGS = "20/minute;120/hour"


@blueprint.errorhandler(Gone)
@blueprint.errorhandler(Conflict)
def over(error: ForumError) -> Response:
    """A link that opens nothing any more, or what it would open is somebody else's: why, and what to do instead."""
    is_over = isinstance(error, Gone)
    return render("accounts/link_over.html", status=error.status, sentence=error.sentence, is_over=is_over)


def _opened(secret: str, purpose: Purpose) -> tuple[Token, Account | None]:
    token = queries.token(reading(), secret, clock.now(), purpose)
    account = queries.by_id(reading(), token.account_id) if token.account_id is not None else None
    if token.account_id is not None and (account is None or account.deactivated_at is not None):
        raise Gone(_("This link has been used already, or its time has run out."))
    return token, account


def _owned(secret: str, purpose: Purpose) -> tuple[Token, Account]:
    token, account = _opened(secret, purpose)
    assert account is not None, "only a sign-up has no account yet"
    return token, account


# ── an account that was asked for ─────────────────────────────────────────────────────────────────────────────────────


@blueprint.get("/confirm/<secret>")
@limiter.limit(OPENINGS)
def confirm(secret: str) -> Response:
    """Whose address is confirmed, and the button."""
    token, _none = _opened(secret, Purpose.SIGN_UP)
    return render("accounts/confirm.html", form=ConfirmForm(name=token.payload["name"]), wanted=token.payload)


@blueprint.post("/confirm/<secret>")
@limiter.limit(OPENINGS)
def confirm_sign_up(secret: str) -> Response:
    """The account comes into being."""
    form, actor = ConfirmForm(), identity.actor()
    token, _none = _opened(secret, Purpose.SIGN_UP)
    wanted = token.payload
    try:
        name = drafts.user_name(form.name.data) if form.name.data else None
        with transaction() as session:
            account = actions.confirm_sign_up(session, actor, secret, name)
            landing = admission.landing_of(session, account)
    except Invalid as error:
        form.show(error)
        return render("accounts/confirm.html", status=422, form=form, wanted=wanted, choose_name=True)
    if account.waiting_since is not None:
        flash(_("Your address is confirmed. Somebody here looks at your request now; you hear by mail."), "success")
        return see_other(url_for("posts.home"))
    flash(_("Your address is confirmed. Sign in, and you are in."), "success")
    wanted_to = local_or(wanted.get("onward"), "") or None
    onward = url_for("posts.topic", topic_id=landing) if landing is not None else wanted_to
    return see_other(url_for("accounts.sign_in", login=account.name, next=onward))


# ── a new password ────────────────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get("/reset/<secret>")
@limiter.limit(OPENINGS)
def reset(secret: str) -> Response:
    """Choose a new password."""
    _token, account = _owned(secret, Purpose.RESET)
    return render("accounts/reset.html", form=NewPasswordForm(), account=account)


@blueprint.post("/reset/<secret>")
@limiter.limit(OPENINGS)
def reset_password(secret: str) -> Response:
    """The new password counts, other sessions end, and this browser is in."""
    form, actor, browser = NewPasswordForm(), identity.actor(), device()
    _token, account = _owned(secret, Purpose.RESET)
    try:
        password_hash = form.draft(account)
        with transaction() as session:
            entered = actions.reset_password(session, actor, secret, password_hash, browser)
    except Invalid as error:
        form.show(error)
        return render("accounts/reset.html", status=422, form=form, account=account)
    let_in(entered)
    flash(_("Your new password counts from now on. Wherever else you were signed in, you are not any more."), "success")
    return see_other(url_for("posts.home"))


# ── a placeholder and its person ──────────────────────────────────────────────────────────────────────────────────────


@blueprint.get("/claim/<secret>")
@limiter.limit(OPENINGS)
def claim(secret: str) -> Response:
    """Whose posts these are, and a password to choose."""
    token, account = _owned(secret, Purpose.CLAIM)
    return render("accounts/claim.html", form=NewPasswordForm(), account=account, email=token.payload["email"])


@blueprint.post("/claim/<secret>")
@limiter.limit(OPENINGS)
def claim_account(secret: str) -> Response:
    """The account is its person's, who is in."""
    form, actor, browser = NewPasswordForm(), identity.actor(), device()
    token, account = _owned(secret, Purpose.CLAIM)
    email = token.payload["email"]
    try:
        password_hash = form.draft(account)
        with transaction() as session:
            entered = actions.claim(session, actor, secret, password_hash, browser)
    except Invalid as error:
        form.show(error)
        return render("accounts/claim.html", status=422, form=form, account=account, email=email)
    let_in(entered)
    flash(_("Welcome back. Everything under this name is yours."), "success")
    return see_other(url_for("accounts.profile", name=entered.account.name))


# ── another address ───────────────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get("/address/leave/<secret>")
@limiter.limit(OPENINGS)
def leave_address(secret: str) -> Response:
    """What the old address is asked."""
    token, account = _owned(secret, Purpose.ADDRESS_OLD)
    email = addresses.veiled(token.payload["email"])
    return render("accounts/leave_address.html", form=ConfirmForm(), account=account, email=email)


@blueprint.post("/address/leave/<secret>")
@limiter.limit(OPENINGS)
def confirm_old_address(secret: str) -> Response:
    """The old address agrees: the new one is asked."""
    actor = identity.actor()
    with transaction() as session:
        actions.confirm_old_address(session, actor, secret)
    flash(_("One more step: we wrote to the new address. Open the link in that mail."), "success")
    return see_other(url_for("posts.home"))


@blueprint.get("/address/take/<secret>")
@limiter.limit(OPENINGS)
def take_address(secret: str) -> Response:
    """What the new address is asked."""
    token, account = _owned(secret, Purpose.ADDRESS_NEW)
    return render("accounts/take_address.html", form=ConfirmForm(), account=account, email=token.payload["email"])


@blueprint.post("/address/take/<secret>")
@limiter.limit(OPENINGS)
def confirm_new_address(secret: str) -> Response:
    """The account moves."""
    actor = identity.actor()
    with transaction() as session:
        actions.confirm_new_address(session, actor, secret)
    flash(_("The new address counts from now on."), "success")
    return see_other(url_for("posts.home" if actor.is_guest else "accounts.settings_account"))
