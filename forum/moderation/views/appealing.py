"""The statement of reasons, for whom a decision concerns; objecting to it, and answering that."""

from __future__ import annotations

from flask import flash, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts.models import Account
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid, NotFound, Refused
from forum.core.web.forms import row_id
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.moderation import actions, stating
from forum.moderation.actions.appealing import check_judge
from forum.moderation.forms import AppealForm, ObjectionAnswerForm
from forum.moderation.models import Ruling
from forum.moderation.operations import SANCTION
from forum.moderation.queries import appeals
from forum.moderation.queries.reasons import Reasons, reasons
from forum.moderation.subjects import HELD
from forum.moderation.views import blueprint
from forum.pages import queries as pages
from forum.permissions import Act, allows
from forum.posts.queries import people

OTHER_WAYS = "other-ways"
"""The page on which administrators say where else one can turn to."""


@blueprint.get("/decisions/<int:decision_id>")
def statement(decision_id: int) -> Response:
    """What was decided, why, and how to object."""
    ruling = appeals.decision(reading(), identity.actor(), decision_id)
    return _page(ruling, AppealForm(formdata=None), ObjectionAnswerForm.asked(formdata=None))


@blueprint.get("/p/<int:post_id>/decision")
def about_whole_post(post_id: int) -> Response:
    """The latest decision about a post: its stub leads here."""
    ruling = appeals.last_of_post(reading(), identity.actor(), post_id)
    return see_other(url_for("moderation.statement", decision_id=ruling.id))


@blueprint.get("/held/<int:held_id>/decision")
def about_whole_held(held_id: int) -> Response:
    """The latest decision about words that waited: their author is told where to object."""
    ruling = appeals.last_decision(reading(), identity.actor(), HELD, held_id)
    return see_other(url_for("moderation.statement", decision_id=ruling.id))


@blueprint.get("/appeals/<int:appeal_id>")
def objection(appeal_id: int) -> Response:
    """The decision it is about: what waits in the queue leads here."""
    ruling = appeals.decision_of(reading(), identity.actor(), appeal_id)
    return see_other(url_for("moderation.statement", decision_id=ruling.id, _anchor="objection"))


@blueprint.post("/decisions/<int:decision_id>/appeal")
@limiter.limit("30/hour")
def appeal(decision_id: int) -> Response:
    """Say that it was wrong."""
    actor, form = identity.actor(), AppealForm()
    try:
        with transaction() as session:
            ruling = appeals.objected_for_update(session, actor, decision_id)
            actions.appeal(session, actor, ruling, form.words.data or "", about_host=form.about_host.data)
    except Invalid as error:
        form.show(error)
        ruling = appeals.decision(reading(), actor, decision_id)
        return _page(ruling, form, ObjectionAnswerForm.asked(formdata=None), status=422)
    except Conflict as error:
        flash(error.sentence, "error")
        return _page(
            appeals.decision(reading(), actor, decision_id), form, ObjectionAnswerForm.asked(formdata=None), 409
        )
    flash(_("Thank you. Somebody who took no part in it looks at it, and you hear what they say."), "success")
    return see_other(url_for("moderation.statement", decision_id=decision_id))


@blueprint.post("/appeals/<int:appeal_id>/withdraw")
def withdraw(appeal_id: int) -> Response:
    """Object no more."""
    with transaction() as session:
        found = appeals.appeal_for_update(session, identity.actor(), appeal_id)
        actions.withdraw_appeal(session, identity.actor(), found)
        decision_id = found.ruling_id
    flash(_("You object no more."), "success")
    return see_other(url_for("moderation.statement", decision_id=decision_id))


@blueprint.post("/appeals/<int:appeal_id>/answer")
def answer_objection(appeal_id: int) -> Response:
    """Say whether the decision stays."""
    actor, form = identity.actor(), ObjectionAnswerForm.asked()
    ruling = appeals.decision_of(reading(), actor, appeal_id)
    version = row_id(form.version.data)
    try:
        with transaction() as session:
            found = appeals.appeal_for_update(session, actor, appeal_id)
            actions.decide_appeal(session, actor, found, form.outcome.data or "", form.words.data or "", version)
    except Invalid as error:
        form.show(error)
        return _page(ruling, AppealForm(formdata=None), form, status=422)
    except Conflict as error:
        form.form_errors.append(error.sentence)
        form.version.data = None  # what is shown now is what the next answer is about
        return _page(ruling, AppealForm(formdata=None), form, status=409)
    flash(_("Answered. Whoever objected is told."), "success")
    return see_other(url_for("moderation.statement", decision_id=ruling.id))


@blueprint.post("/appeals/<int:appeal_id>/undo")
def undo_answer(appeal_id: int) -> Response:
    """Look at it once more."""
    with transaction() as session:
        found = appeals.appeal_for_update(session, identity.actor(), appeal_id)
        actions.undo_appeal(session, identity.actor(), found)
        decision_id = found.ruling_id
    flash(_("It waits for an answer again, and what was decided holds until then."), "success")
    return see_other(url_for("moderation.statement", decision_id=decision_id))


def _page(ruling: Ruling, form: AppealForm, answer_form: ObjectionAnswerForm, status: int = 200) -> Response:
    actor, page = identity.actor(), reasons(reading(), ruling)
    if page.case is not None and answer_form.version.data is None:
        answer_form.version.data = str(page.case.version)
    is_author = actor.account_id is not None and actor.account_id == ruling.account_id
    decides = allows(actor, Act.DECIDE, ruling)
    judges = allows(actor, Act.DECIDE_APPEAL, page.contested)
    ids = (ruling.by_id, ruling.confirmed_by_id, ruling.undone_by_id, ruling.account_id)
    return render(
        "moderation/statement.html",
        status=status,
        page=page,
        ruling=ruling,
        wording=stating,
        form=form,
        answer_form=answer_form,
        is_author=is_author,
        decides=decides or judges,
        judges=judges,
        why_not=_why_not(page),
        member_name=_member_name(ruling),
        who=people(reading(), [one for one in ids if one is not None]) if decides or judges else {},
        other_ways=_other_ways(),
    )


def _member_name(ruling: Ruling) -> str:
    """Whose page says all that applies to them; "" where it is not about a member."""
    account = reading().get(Account, ruling.account_id) if ruling.act == SANCTION and ruling.account_id else None
    return account.name if account is not None else ""


def _why_not(page: Reasons) -> str:
    """Why the reader does not answer the objection themselves."""
    try:
        check_judge(identity.actor(), page.contested)
    except Refused as error:
        return error.sentence
    return ""


def _other_ways() -> str:
    """As administrators wrote it; "" for the usual sentence."""
    try:
        return pages.page(reading(), OTHER_WAYS).version.html
    except NotFound:
        return ""
