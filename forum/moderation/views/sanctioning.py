"""Sanctions on members of whom the host's people do not judge alone: proposed here, or done in an emergency."""

from __future__ import annotations

from flask import flash, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts.models import Account
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid
from forum.core.web.pages import render, see_other
from forum.moderation import actions
from forum.moderation.forms import SanctionProposalForm
from forum.moderation.views import blueprint
from forum.moderation.views.deciding import said
from forum.permissions import Act, require
from forum.posts.actions.concerning import needs_peer_over
from forum.sanctions import queries as members

_PLACE = "/u/<name>/moderation/propose"


@blueprint.get(_PLACE)
def about_member(name: str) -> Response:
    """The form; whoever may decide alone does so on the member's page."""
    account = _member(name)
    if not needs_peer_over(reading(), identity.actor(), account.id):
        return see_other(url_for("sanctions.member", name=account.name))
    return _page(account, SanctionProposalForm(formdata=None))


@blueprint.post(_PLACE)
def propose_sanction(name: str) -> Response:
    """Propose it, or do it at once and have it looked at."""
    form, account = SanctionProposalForm(), _member(name)
    try:
        with transaction() as session:
            made = actions.decide(session, identity.actor(), form.decision(account.id))
            sentence = said(made, made.state)
    except Invalid as error:
        form.show(error)
        return _page(account, form, status=422)
    except Conflict as error:
        form.form_errors.append(error.sentence)
        return _page(account, form, status=409)
    flash(sentence, "success")
    return see_other(url_for("sanctions.member", name=account.name))


def _member(name: str) -> Account:
    account = members.member_called(reading(), identity.actor(), name)
    require(identity.actor(), Act.SANCTION, members.member(reading(), account))
    return account


def _page(account: Account, form: SanctionProposalForm, status: int = 200) -> Response:
    record = members.record_of(reading(), identity.actor(), account)
    form.offer(record)
    return render("moderation/propose_sanction.html", status=status, person=account, form=form)
