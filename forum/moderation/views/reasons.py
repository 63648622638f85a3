"""The words that moderators begin with, kept by administrators."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import NotFound
from forum.core.web.forms import done
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.moderation import actions, queue_words
from forum.moderation.forms import ReasonForm
from forum.moderation.models import Reason
from forum.moderation.queries.items import saved_reasons
from forum.moderation.views import blueprint
from forum.permissions import Act, allows, require

_ONE = "/moderation/reasons/<int(max=2147483647):reason_id>"


@blueprint.get("/moderation/reasons")
def reasons() -> Response:
    """All of them; the form for another one is the administrators'."""
    require(identity.actor(), Act.WORK_QUEUE)
    return _page(ReasonForm.asked(formdata=None))


@blueprint.post("/moderation/reasons")
def add_reason() -> Response:
    """Keep another one."""
    form = ReasonForm.asked()
    require(identity.actor(), Act.ADMINISTER)
    if _kept(form, lambda _session: Reason()):
        return see_other(url_for("moderation.reasons"))
    return _page(form, status=422)


@blueprint.get(_ONE)
def reason(reason_id: int) -> Response:
    """One, to be changed."""
    require(identity.actor(), Act.ADMINISTER)
    row = _reason(reading(), reason_id)
    return _one(row, ReasonForm.asked(formdata=None, obj=row))


@blueprint.post(_ONE)
def change_reason(reason_id: int) -> Response:
    """Change it."""
    form = ReasonForm.asked()
    require(identity.actor(), Act.ADMINISTER)
    if _kept(form, lambda session: _reason(session, reason_id)):
        return see_other(url_for("moderation.reasons"))
    return _one(_reason(reading(), reason_id), form, status=422)


@blueprint.post(f"{_ONE}/throw-away")
def throw_away_reason(reason_id: int) -> Response:
    """Keep it no longer."""
    with transaction() as session:
        require(identity.actor(), Act.ADMINISTER)
        actions.throw_away_reason(session, identity.actor(), _reason(session, reason_id))
    flash(_("Thrown away. Decisions that began with it stay."), "success")
    return see_other(url_for("moderation.reasons"))


def _kept(form: ReasonForm, row: Callable[[Session], Reason]) -> bool:
    def verb(session: Session) -> str:
        rule, title, text = form.rule.data or "", form.title.data or "", form.text.data or ""
        actions.keep_reason(session, identity.actor(), row(session), rule, title, text)
        return _("Saved. Moderators find it where they decide.")

    return done(form, verb)


def _reason(session: Session, reason_id: int) -> Reason:
    found = session.get(Reason, reason_id)
    if found is None:
        raise NotFound(_("There is no such text (any more)."))
    return found


def _page(form: ReasonForm, status: int = 200) -> Response:
    may_keep = allows(identity.actor(), Act.ADMINISTER)
    rows = saved_reasons(reading())
    return render("moderation/reasons.html", status=status, rows=rows, form=form, may_keep=may_keep, words=queue_words)


def _one(row: Reason, form: ReasonForm, status: int = 200) -> Response:
    return render("moderation/reason.html", status=status, row=row, form=form)
