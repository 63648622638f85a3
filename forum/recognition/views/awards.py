"""The awards that the host keeps."""

from __future__ import annotations

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import NotFound
from forum.core.web.forms import done
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.organization import queries as organizations
from forum.organization.models import Organization
from forum.permissions import Act, require
from forum.recognition import actions
from forum.recognition.forms import AwardForm
from forum.recognition.queries import choosing
from forum.recognition.views import blueprint

_ID = "int(max=2147483647)"


@blueprint.get("/organization/awards")
def awards() -> Response:
    """The list, and the form for another."""
    return _page(AwardForm(formdata=None))


@blueprint.post("/organization/awards")
def add_award() -> Response:
    """Another one."""
    form = AwardForm()

    def verb(session: Session) -> str:
        of = _host(session)
        actions.add_award(session, identity.actor(), of, form["name"].data or "", form.sentence.data or "")
        return _("It can be given from now on.")

    return see_other(url_for("recognition.awards")) if done(form, verb) else _page(form, 422)


@blueprint.post(f"/organization/awards/<{_ID}:award_id>/retire")
def retire_award(award_id: int) -> Response:
    """Give it no more."""
    with transaction() as session:
        actions.retire_award(session, identity.actor(), _host(session), choosing.award(session, award_id))
    return see_other(url_for("recognition.awards"))


def _host(session: Session) -> Organization:
    found = organizations.host(session)
    if found is None:
        raise NotFound
    return found


def _page(form: AwardForm, status: int = 200) -> Response:
    of = _host(reading())
    require(identity.actor(), Act.KEEP_AWARDS, of)
    there = choosing.awards(reading(), of.id)
    return render("recognition/awards.html", status=status, organization=of, awards=there, form=form)
