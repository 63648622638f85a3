"""The decision log: what was decided here, when and why, for everybody to read; and its entry form."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Invalid
from forum.core.paging import Page
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.organization import actions, deciding
from forum.organization.forms.deciding import AnswerForm, DecisionForm
from forum.organization.models import Decision, Organization
from forum.organization.queries import charter_pages, chartering
from forum.organization.views import blueprint
from forum.permissions import Act, require


@blueprint.get("/organization/decisions")
def decisions() -> Response:
    """All of them, the latest first."""
    number = request.args.get("page", 1, type=int)
    there, log = charter_pages.decision_log(reading(), number)
    return _log(there, log, AnswerForm(formdata=None))


def _log(there: Organization, log: Page[Decision], form: AnswerForm, status: int = 200) -> Response:
    items = chartering.open_decision_items(reading(), clock.now())
    return render(
        "organization/decisions.html",
        status=status,
        organization=there,
        log=log,
        items=items,
        form=form,
        deciding=deciding,
    )


@blueprint.post("/organization/decisions/open/<int(max=999999999):item_id>")
def answer_item(item_id: int) -> Response:
    """Say what follows from what waits for a decision."""
    form = AnswerForm()
    source, html = form.text_and_html()
    try:
        with transaction() as session:
            there = chartering.chartered_organization(session, locked=True)
            item = chartering.item_for_update(session, item_id)
            number = actions.answer_item(session, identity.actor(), there, item, source, html).number
    except Invalid as error:
        form.show(error)
        return _log(*charter_pages.decision_log(reading()), form, status=422)
    flash(_("Decision %(n)s is entered.", n=number), "success")
    return see_other(url_for("organization.decision", number=number))


@blueprint.get("/organization/decisions/<int(max=999999999):number>")
def decision(number: int) -> Response:
    """One of them."""
    there, found, versions = charter_pages.decision(reading(), number)
    return render(
        "organization/decision.html", organization=there, decision=found, versions=versions, deciding=deciding
    )


@blueprint.get("/organization/decisions/new")
def new_decision() -> Response:
    """The form for another."""
    return _form(DecisionForm(formdata=None, data={"made_by": "host", "about": "limits"}))


@blueprint.post("/organization/decisions/new")
def enter_decision() -> Response:
    """Enter it, for good."""
    form = DecisionForm()
    draft = form.draft()
    try:
        with transaction() as session:
            there = chartering.chartered_organization(session, locked=True)
            number = actions.enter_decision(session, identity.actor(), there, draft).number
    except Invalid as error:
        form.show(error)
        return _form(form, status=422)
    flash(_("Decision %(n)s is entered. It can be named where a limit is loosened.", n=number), "success")
    return see_other(url_for("organization.decision", number=number))


def _form(form: DecisionForm, status: int = 200) -> Response:
    there = chartering.chartered_organization(reading())
    require(identity.actor(), Act.CHARTER, there)
    return render("organization/decision_new.html", status=status, organization=there, form=form)
