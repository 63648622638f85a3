"""Settings: profile and picture, account, appearance, sessions."""

from __future__ import annotations

from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import actions, devices, proofs, queries
from forum.accounts.forms import AddressForm, AppearanceForm, NameForm, PasswordForm, PictureForm, ProfileForm
from forum.accounts.models import Account
from forum.accounts.views import blueprint
from forum.accounts.views.entering import attempts
from forum.core import clock, images, markup
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, SignInNeeded
from forum.core.web import languages
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other
from forum.core.web.running import settings as running_settings
from forum.core.web.running import storage
from forum.core.words import gettext as _
from forum.shields.counting import counted

CHANGES = "30/minute;200/hour"


def _own() -> Account:
    if identity.actor().is_guest:
        raise SignInNeeded(_("Sign in to see your settings."))
    return queries.own(reading(), identity.actor())


def _account_key() -> str:
    return f"account:{identity.actor().account_id}"


# ── profile and picture ───────────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get("/settings")
def settings() -> Response:
    """What the profile says."""
    account, form = _own(), ProfileForm()
    form.fill(account)
    return _profile_page(account, form, PictureForm())


@blueprint.post("/settings/profile")
@limiter.limit(CHANGES)
def edit_profile() -> Response:
    """Say something else."""
    _own()
    form, actor = ProfileForm(), identity.actor()
    try:
        draft = form.draft(_render_about)
        with transaction() as session:
            actions.edit_profile(session, actor, queries.own(session, actor), draft)
    except Invalid as error:
        form.show(error)
        form.make_room()
        return _profile_page(_own(), form, PictureForm(formdata=None), status=422)
    flash(_("Your profile is saved."), "success")
    return see_other(url_for("accounts.settings"))


def _render_about(source: str) -> markup.Rendered:
    names = queries.known_names(reading(), markup.mention_candidates(source))
    return markup.render(source, names=names, own=running_settings().base_url)


@blueprint.post("/settings/picture")
@limiter.limit("20/hour")
def set_picture() -> Response:
    """Another picture: read, measured and written anew before anything of it is kept."""
    before = _own().avatar_key
    form, actor = PictureForm(), identity.actor()
    try:
        key = storage().put("avatars", images.avatar(form.picture.data.read() if form.picture.data else b""), "webp")
        with transaction() as session:
            actions.set_picture(session, actor, queries.own(session, actor), key)
    except Invalid as error:
        form.show(Invalid(error.sentence, "picture"))
        profile_form = ProfileForm(formdata=None)
        profile_form.fill(account := _own())
        return _profile_page(account, profile_form, form, status=422)
    _forget_picture(before)
    flash(_("That is your picture now."), "success")
    return see_other(url_for("accounts.settings"))


@blueprint.post("/settings/picture/remove")
@limiter.limit(CHANGES)
def remove_picture() -> Response:
    """Back to the one drawn from the name."""
    before, actor = _own().avatar_key, identity.actor()
    with transaction() as session:
        actions.remove_picture(session, actor, queries.own(session, actor))
    _forget_picture(before)
    flash(_("Your picture is gone. The one drawn from your name is back."), "success")
    return see_other(url_for("accounts.settings"))


def _forget_picture(key: str) -> None:
    """Files are kept by content: it goes when nobody shows it any more."""
    if key and not queries.picture_is_used(reading(), key):
        storage().delete(key)


def _profile_page(account: Account, form: ProfileForm, picture_form: PictureForm, status: int = 200) -> Response:
    return render(
        "accounts/settings/profile.html",
        status=status,
        form=form,
        picture_form=picture_form,
        account=account,
        picture=identity.avatar_url(account),
    )


# ── name, address, password ───────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get("/settings/account")
def settings_account() -> Response:
    """Name, address and password, each with its own form."""
    return _account_page()


@blueprint.post("/settings/account/name")
@limiter.limit(CHANGES)
def rename() -> Response:
    """Be called otherwise."""
    _own()
    form, actor = NameForm(), identity.actor()
    try:
        with transaction() as session:
            actions.rename(session, actor, queries.own(session, actor), form.name.data or "")
    except Invalid as error:
        form.show(error)
        return _account_page(name_form=form)
    flash(_("That is your name from now on. Old links and mentions find you too."), "success")
    return see_other(url_for("accounts.settings_account"))


@blueprint.post("/settings/account/address")
@limiter.limit(attempts)
@limiter.limit(attempts, key_func=_account_key)
def change_address() -> Response:
    """Ask the old address first."""
    account, form, actor = _own(), AddressForm(), identity.actor()
    proof = proofs.of(account, form.address_password.data or "")
    try:
        email = form.draft()
        with counted(), transaction() as session:
            actions.change_address(session, actor, queries.own(session, actor), proof, email)
    except Invalid as error:
        form.show(error)
        return _account_page(address_form=form)
    flash(_("We wrote to your present address. Open the link in that mail; then the new one is asked."), "success")
    return see_other(url_for("accounts.settings_account"))


@blueprint.post("/settings/account/password")
@limiter.limit(attempts)
@limiter.limit(attempts, key_func=_account_key)
def change_password() -> Response:
    """Another password; the other sessions end."""
    account, form, actor = _own(), PasswordForm(), identity.actor()
    proof = proofs.of(account, form.present.data or "")
    try:
        password_hash = form.draft(account)
        with transaction() as session:
            actions.change_password(session, actor, queries.own(session, actor), proof, password_hash)
    except Invalid as error:
        form.show(error)
        return _account_page(password_form=form)
    flash(_("Your new password counts from now on. Your other sessions have ended."), "success")
    return see_other(url_for("accounts.settings_account"))


def _account_page(**forms: Any) -> Response:
    account = _own()  # fetched again: a transaction forgets what was read before it
    blank: dict[str, Any] = {
        "name_form": NameForm(formdata=None, name=account.name),
        "address_form": AddressForm(formdata=None),
        "password_form": PasswordForm(formdata=None),
    }
    return render("accounts/settings/account.html", status=422 if forms else 200, account=account, **{**blank, **forms})


# ── appearance ────────────────────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get("/settings/appearance")
def settings_appearance() -> Response:
    """Colours, language, time zone, keys."""
    account = _own()
    form = AppearanceForm(obj=account)
    return render("accounts/settings/appearance.html", form=form)


@blueprint.post("/settings/appearance")
@limiter.limit(CHANGES)
def choose_appearance() -> Response:
    """From the next page on."""
    _own()
    form, actor = AppearanceForm(), identity.actor()
    try:
        draft = form.draft()
        with transaction() as session:
            actions.choose_appearance(session, actor, queries.own(session, actor), draft)
    except Invalid as error:
        form.show(error)
        return render("accounts/settings/appearance.html", status=422, form=form)
    with languages.speaking(draft.locale or languages.of_browser(remembered=False)):
        flash(_("Pages look so from now on."), "success")
    return see_other(url_for("accounts.settings_appearance"))


# ── sessions ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get("/settings/sessions")
def settings_sessions() -> Response:
    """Where one is signed in."""
    _own()
    rows = queries.sessions_of(reading(), identity.actor(), clock.now())
    return render("accounts/settings/sessions.html", sessions=rows, described=devices.described)


@blueprint.post("/settings/sessions/<int:session_id>/end")
@limiter.limit(CHANGES)
def end_session(session_id: int) -> Response:
    """Sign one browser out."""
    _own()
    actor = identity.actor()
    with transaction() as session:
        row = queries.own_session(session, actor, session_id)
        actions.end_session(session, actor, queries.own(session, actor), row)
    flash(_("That browser is signed out."), "success")
    return see_other(url_for("accounts.settings_sessions"))


@blueprint.post("/settings/sessions/end-others")
@limiter.limit(CHANGES)
def end_other_sessions() -> Response:
    """Sign all other browsers out."""
    _own()
    actor = identity.actor()
    with transaction() as session:
        actions.end_other_sessions(session, actor, queries.own(session, actor))
    flash(_("All other browsers are signed out."), "success")
    return see_other(url_for("accounts.settings_sessions"))
