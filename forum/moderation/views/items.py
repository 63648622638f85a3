"""One item of the queue: the thing itself, what is known, and the decision."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, ForumError, Invalid, NotFound
from forum.core.web.forms import Form, row_id
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.moderation import actions, queries, queue_words
from forum.moderation.actions.claiming import is_claimed_by_another
from forum.moderation.answers import ANSWERS, Answer, Given
from forum.moderation.forms import AnswerForm, DecisionForm
from forum.moderation.models import Case, Ruling
from forum.moderation.queries.items import Item, item
from forum.moderation.queries.queue import case_of, next_after
from forum.moderation.views import blueprint
from forum.moderation.views.parts import Shown, part_of, wording_of
from forum.moderation.views.queue import wanted
from forum.permissions import is_peer
from forum.sanctions.wording import about_member

_CASE = "/moderation/cases/<int(max=2147483647):case_id>"


@blueprint.get(_CASE)
def case(case_id: int) -> Response:
    """What it is about, who said what, and the form."""
    found = item(reading(), identity.actor(), case_id, wanted())
    return _page(found, _form(found))


@blueprint.post(f"{_CASE}/decide")
def decide(case_id: int) -> Response:
    """Do it by a rule, and on to the next."""
    actor, about = identity.actor(), case_of(reading(), identity.actor(), case_id)
    form = DecisionForm.asked(about.subject_kind)
    if "reason" in request.form:
        return _with_reason(case_id, form, row_id(request.form["reason"]))
    try:
        with transaction() as session:
            found = queries.case_for_update(session, actor, case_id)
            draft = form.draft(found.subject_kind, found.subject_id, _detected(found))
            made = actions.decide(session, actor, draft, found, _version(form))
            said, decision_id = _said(made), made.id
            onward = next_after(session, actor, found, wanted())
    except (Invalid, Conflict) as error:
        return _refused(case_id, form, error)
    undo = url_for("moderation.undo", decision_id=decision_id)
    return _on(onward, undoable(said, undo, why=_("It was decided by mistake.")))


@blueprint.post(f"{_CASE}/answer")
def answer(case_id: int) -> Response:
    """Say yes or no, and on to the next."""
    actor, form = identity.actor(), AnswerForm()
    key, version = request.form.get("answer", ""), _version(form)
    try:
        body = wording_of(case_of(reading(), actor, case_id)) if key == "accept" else None
        with transaction() as session:
            found = queries.case_for_update(session, actor, case_id)
            onward = next_after(session, actor, found, wanted())
            given = actions.answer(session, actor, found, key, Given(form.words.data or "", version, body))
            version = found.version
    except (Invalid, Conflict) as error:
        return _refused(case_id, form, error)
    undo = url_for("moderation.take_answer_back", case_id=case_id, **wanted().query)
    return _on(onward, undoable(_(given.said), undo, version=version))


@blueprint.post(f"{_CASE}/take-back")
def take_answer_back(case_id: int) -> Response:
    """It waits again, as before the answer."""
    actor, version = identity.actor(), row_id(request.form.get("version", ""))
    body = wording_of(case_of(reading(), actor, case_id))
    try:
        with transaction() as session:
            found = queries.case_for_update(session, actor, case_id)
            actions.take_answer_back(session, actor, found, version, body)
        flash(_("Taken back: it waits again."), "success")
    except (Conflict, Invalid, NotFound) as error:
        flash(error.sentence, "error")
    return see_other(url_for("moderation.case", case_id=case_id, **wanted().query))


@blueprint.post(f"{_CASE}/claim")
def claim(case_id: int) -> Response:
    """Look at it, so that nobody else does."""
    with transaction() as session:
        found = queries.case_for_update(session, identity.actor(), case_id)
        actions.claim(session, identity.actor(), found)
    return _claimed(case_id)


@blueprint.post(f"{_CASE}/let-go")
def let_go(case_id: int) -> Response:
    """Leave it to the others."""
    with transaction() as session:
        actions.let_go(session, identity.actor(), queries.case_for_update(session, identity.actor(), case_id))
    flash(_("The others may look at it."), "success")
    return see_other(url_for("moderation.queue", **wanted().query))


def _claimed(case_id: int) -> Response:
    found = item(reading(), identity.actor(), case_id, wanted())
    if request.headers.get("HX-Request"):
        return _page(found, _form(found), fragment="claim")
    return see_other(url_for("moderation.case", case_id=case_id, **wanted().query))


def _on(onward: int | None, said: str) -> Response:
    flash(said, "success")
    if onward is not None:
        return see_other(url_for("moderation.case", case_id=onward, **wanted().query))
    return see_other(url_for("moderation.queue", **wanted().query))


def undoable(said: str, url: str, **fields: object) -> str:
    """What happened, with the button that takes it back."""
    return Markup(render_template("moderation/undo.html", sentence=said, url=url, fields=fields))  # noqa: S704


def _said(made: Ruling) -> str:
    if made.state == "proposed":
        return _("Proposed. A moderator from among the members confirms it, or says why not.")
    if made.review_by is not None:
        return _("Done, until a moderator from among the members has looked at it: within two days.")
    return _("Decided: %(act)s.", act=queue_words.act(made.act))


def _detected(found: Case) -> str:
    return {"flagged": "flags", "mended": "flags", "held": "rules", "notice": "notice", "appeal": "appeal"}.get(
        found.kind, "own"
    )


def _version(form: Form) -> int:
    return row_id(form["version"].data)


# ── the page ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _form(found: Item) -> DecisionForm | AnswerForm:
    """As it stands before anybody has typed: the rule that the flags name, and the saved words for it."""
    if found.case.kind in ANSWERS:
        return AnswerForm(formdata=None, data={"version": found.case.version})
    rule = found.rule
    kept = next((reason.text for reason in found.reasons if reason.rule == rule), "") if rule else ""
    filled = {"rule": rule or None, "facts": kept, "offered": kept, "version": found.case.version}
    return DecisionForm.asked(found.case.subject_kind, formdata=None, data=filled)


def _answers(case: Case, shown: Shown) -> Mapping[str, Answer]:
    """Those that the reader can give; none where `why_not` says so."""
    without = shown.get("without", ())
    return (
        {}
        if shown.get("why_not")
        else {key: one for key, one in ANSWERS.get(case.kind, {}).items() if key not in without}
    )


def _with_reason(case_id: int, form: DecisionForm, reason_id: int) -> Response:
    """Saved words below those that were typed; what was offered goes."""
    found = item(reading(), identity.actor(), case_id, wanted())
    chosen = next((reason for reason in found.reasons if reason.id == reason_id), None)
    if chosen is not None:
        typed = (form.facts.data or "").strip()
        own = "" if typed == (form.offered.data or "").strip() else typed
        form.facts.data = f"{own}\n\n{chosen.text}" if own else chosen.text
        form.rule.data = chosen.rule or form.rule.data
    return _page(found, form, has_reason=True)


def _refused(case_id: int, form: DecisionForm | AnswerForm, error: ForumError) -> Response:
    """The item as it is now, with what was typed; who was late sees what the other decided."""
    found = item(reading(), identity.actor(), case_id, wanted())
    if isinstance(error, Invalid):
        form.show(error)
    else:
        form.form_errors.append(error.sentence)
    form.version.data = str(found.case.version)
    return _page(found, form, status=error.status)


def _page(
    found: Item, form: DecisionForm | AnswerForm, status: int = 200, fragment: str = "", has_reason: bool = False
) -> Response:
    actor, part = identity.actor(), part_of(found.case)
    shown = part.load(reading(), actor, found.case) if part else {}
    return render(
        "moderation/case.html",
        fragment=fragment,
        status=status,
        has_reason=has_reason,
        item=found,
        case=found.case,
        form=form,
        part=part.template if part and shown else "moderation/parts/gone.html",
        shown=shown,
        answers=_answers(found.case, shown),
        is_answered=found.case.kind in ANSWERS,
        alone=is_peer(actor) or not found.case.concerns_host,
        others=is_claimed_by_another(found.case, actor),
        words=queue_words,
        sanction_said=about_member,
    )
