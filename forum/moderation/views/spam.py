"""Spam accounts: which look like it, removing one with everything of it, and giving it back."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField

from forum import identity
from forum.core import clock
from forum.core.db import reading
from forum.core.errors import NotFound, Refused
from forum.core.web.forms import Form, done
from forum.core.web.pages import render, see_other
from forum.core.web.running import settings
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.moderation import spam_queries
from forum.moderation.actions import removing
from forum.moderation.forms import emergency_field
from forum.moderation.operations import is_simply_undone
from forum.moderation.spam_models import DONE
from forum.moderation.spam_rules import UNDO_FOR
from forum.moderation.views.deciding import said
from forum.permissions import Act, allows
from forum.posts.actions.concerning import needs_peer_over
from forum.shields import queries as shields

blueprint = Blueprint("spam", __name__)


class RemoveForm(Form):
    """Why, what to shut out along with it, and why that cannot wait for a peer."""

    reason = StringField(
        _l("Why"), description=_l("It stands in the log, and the account is shown it."), render_kw={"maxlength": 300}
    )
    domain = BooleanField(_l("Block its mail domain for 180 days, too"))
    network = BooleanField(_l("Block the network it came from for 180 days, too"))
    emergency = emergency_field()


class UndoForm(Form):
    """Why it was none."""

    reason = StringField(_l("Why"), description=_l("It stands in the log."), render_kw={"maxlength": 300})


def _guard() -> None:
    if not allows(identity.actor(), Act.SEE_REPORTS):
        raise NotFound


@blueprint.get("/moderation/spam")
def index() -> Response:
    """Accounts that look like spam, and those that were removed and can be given back."""
    _guard()
    own = urlsplit(settings().base_url).hostname or ""
    session, actor = reading(), identity.actor()
    candidates = spam_queries.candidates(session, actor, own)
    removals = spam_queries.removals(session, actor)
    return render("moderation/spam.html", candidates=candidates, removals=removals, undo_for=UNDO_FOR)


@blueprint.get("/u/<name>/remove-as-spam")
def preview(name: str) -> Response:
    """What would go, and the button."""
    _guard()
    return _preview(name, RemoveForm(formdata=None))


@blueprint.post("/u/<name>/remove-as-spam")
def remove(name: str) -> Response:
    """Take everything of the account away."""
    _guard()
    actor, form, own = identity.actor(), RemoveForm(), request.remote_addr or ""
    account_id = spam_queries.to_remove(reading(), actor, name).id

    def verb(session: Session) -> str:
        blocks = {"blocks_domain": bool(form.domain.data), "blocks_range": bool(form.network.data)}
        urgent = form.emergency.data or ""
        made = removing.remove(session, actor, account_id, form.reason.data or "", emergency=urgent, own=own, **blocks)
        if made.state == "proposed" or made.review_by is not None:
            return said(made, made.state)
        if spam_queries.removal_by(session, made).state == DONE:
            return _("Everything of %(name)s is gone. For seven days it can be given back.", name=name)
        return _("The posts of %(name)s are gone; the rest follows within minutes.", name=name)

    try:
        if done(form, verb):
            return see_other(url_for("spam.index"))
    except Refused as error:
        form.form_errors.append(error.sentence)
    return _preview(name, form, status=422)


def _preview(name: str, form: RemoveForm, status: int = 200) -> Response:
    session, actor = reading(), identity.actor()
    account = spam_queries.to_remove(session, actor, name)
    return render(
        "moderation/remove_spam.html",
        status=status,
        form=form,
        person=account,
        found=spam_queries.belongings(session, account),
        refusal=spam_queries.refusal(session, account),
        removal=spam_queries.living_removal(session, account),
        domain=(account.email or "").rpartition("@")[2],
        sharing=spam_queries.sharing_domain(session, account),
        shared=needs_peer_over(session, actor, account.id),
        is_traced=bool(shields.last_address(session, account.id)),
    )


@blueprint.get("/moderation/spam/<int:removal_id>")
def removal(removal_id: int) -> Response:
    """How far a removal is, and the way back."""
    _guard()
    return _removal(removal_id, UndoForm(formdata=None))


@blueprint.post("/moderation/spam/<int:removal_id>")
def undo(removal_id: int) -> Response:
    """Give everything back."""
    _guard()
    actor, form = identity.actor(), UndoForm()

    def verb(session: Session) -> str:
        row = removing.undo(session, actor, removal_id, form.reason.data or "")
        left = row.done
        if not left:
            return _("Everything is back as it was.")
        words = ngettext("%(num)s thing follows", "%(num)s things follow", left)
        return _("The posts and the profile are back; %(rest)s within minutes.", rest=words)

    try:
        if done(form, verb):
            return see_other(url_for("spam.index"))
    except Refused as error:
        form.form_errors.append(error.sentence)
    return _removal(removal_id, form, status=422)


def _removal(removal_id: int, form: UndoForm, status: int = 200) -> Response:
    row = spam_queries.removal(reading(), identity.actor(), removal_id)
    percent = min(100, round(100 * row.done / max(1, row.total)))
    until = (row.ruling.confirmed_at or row.ruling.at) + UNDO_FOR
    template = "moderation/removed_spam.html"
    simply = is_simply_undone(row.ruling, clock.now())
    return render(template, status=status, row=row, form=form, until=until, percent=percent, simply=simply)
