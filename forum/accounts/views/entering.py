"""Signing in and out, and a password forgotten."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import actions, addresses, names, proofs, queries
from forum.accounts.forms import ForgotForm, SignInForm
from forum.accounts.views import blueprint
from forum.accounts.views.browser import WAITING, device, kept, let_in, let_out
from forum.core.db import reading, transaction
from forum.core.errors import Invalid
from forum.core.web.limits import limiter
from forum.core.web.pages import local_or, render, see_other
from forum.core.words import gettext as _
from forum.site import queries as sites
from forum.site.settings import number


def attempts() -> str:
    """How often one may try, as the settings say."""
    kept = sites.settings(reading())
    return f"{number(kept, 'sign_in_minute')}/minute;{number(kept, 'sign_in_hour')}/hour"


def login_key() -> str:
    """The account that is tried, by what was typed: a name and its owner's address count apart.

    If they counted together, six tries with the name would show, by the seventh's refusal, whose an address is.
    """
    typed = request.form.get("login", "").strip()[: addresses.LONGEST]
    return "login:" + queries.secret_hash(addresses.key(typed) if "@" in typed else names.fold(typed))


@blueprint.get("/sign-in")
def sign_in() -> Response:
    """The form; who is in already goes on to where they wanted."""
    onward = local_or(request.args.get("next"), "")
    if not identity.actor().is_guest:
        return see_other(onward or url_for("posts.home"))
    return render("accounts/sign_in.html", form=SignInForm(login=request.args.get("login", "")), onward=onward)


@blueprint.post("/sign-in")
@limiter.limit(attempts)
@limiter.limit(attempts, key_func=login_key)
def enter() -> Response:
    """Let in whoever knows the password."""
    form, onward = SignInForm(), local_or(request.form.get("next"), "")
    actor, browser = identity.actor(), device()
    proof = proofs.by_login(reading(), form.login.data or "", form.password.data or "")
    if proof is None:
        form.show(Invalid(_("That name or address and this password do not belong together.")))
        return render("accounts/sign_in.html", status=422, form=form, onward=onward)
    with transaction() as session:
        entered = actions.sign_in(session, actor, proof, browser)
    let_in(entered)
    return see_other(onward or url_for("posts.waiting" if kept(WAITING) else "posts.home"))


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End this session."""
    actor = identity.actor()
    with transaction() as session:
        actions.sign_out(session, actor)
    let_out()
    flash(_("You are signed out."), "success")
    return see_other(url_for("posts.home"))


@blueprint.get("/forgot")
def forgot() -> Response:
    """Ask for a new password."""
    return render("accounts/forgot.html", form=ForgotForm(login=request.args.get("login", "")))


@blueprint.post("/forgot")
@limiter.limit(attempts)
@limiter.limit(attempts, key_func=login_key)
def ask_for_reset() -> Response:
    """Write to whoever has this name or address; the answer is always the same."""
    form, actor = ForgotForm(), identity.actor()
    if not (form.login.data or "").strip():
        form.show(Invalid(_("Write your user name or your e-mail address."), "login"))
        return render("accounts/forgot.html", status=422, form=form)
    with transaction() as session:
        actions.ask_for_reset(session, actor, form.login.data or "")
    return see_other(url_for("accounts.forgot_sent"))


@blueprint.get("/forgot/sent")
def forgot_sent() -> Response:
    """The mail is on its way."""
    return render("accounts/forgot_sent.html")
