"""What moderators decided of a member: the member's page, and what moderators do there. All that people decide goes
through `actions.decide`, so that whom it concerns can object."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts.models import Account
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid
from forum.core.web.forms import done, row_id
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.moderation import actions, queries, stating
from forum.moderation.forms import Asked, MemberForm, UndoForm
from forum.moderation.queries.decided import decisions_behind
from forum.moderation.queries.queue import case_of, next_after
from forum.moderation.subjects import ACCOUNT
from forum.moderation.views import blueprint
from forum.moderation.views.deciding import said
from forum.moderation.views.items import undoable
from forum.moderation.views.queue import wanted
from forum.permissions import Act, allows
from forum.posts.actions.concerning import needs_peer_over
from forum.sanctions import actions as sanctions
from forum.sanctions import queries as members
from forum.sanctions import wording
from forum.sanctions.forms import LiftForm, NoteForm

_PLACE = "/u/<name>/moderation"
_ONE = "/moderation/sanctions/<int(max=2147483647):sanction_id>"


@blueprint.get(_PLACE)
def member(name: str) -> Response:
    """All that applies to a member and applied, for themselves and for moderators."""
    return _page(name, case=_asked_case(request.args, name))


@blueprint.post(_PLACE)
def sanction(name: str) -> Response:
    """Decide something of them, or propose it; what waited for that is closed, and on to the next."""
    actor, form = identity.actor(), MemberForm()
    account_id, case_id, onward = _member(reading(), name).id, row_id(form.case.data), None
    try:
        with transaction() as session:
            case = queries.case_for_update(session, actor, case_id) if case_id else None
            made = actions.decide(session, actor, form.decision(account_id), case, row_id(form.version.data))
            sentence, decision_id = said(made, made.state), made.id
            if case is not None:
                onward = next_after(session, actor, case, wanted())
    except (Invalid, Conflict) as error:
        if isinstance(error, Invalid):
            form.show(error)
        else:
            form.form_errors.append(error.sentence)
        return _page(name, form=form, case=_asked_case({"case": form.case.data or ""}, name), status=error.status)
    if not case_id:
        flash(sentence, "success")
        return _back(name)
    undo = url_for("moderation.undo", decision_id=decision_id)
    flash(undoable(sentence, undo, why=_("It was decided by mistake.")), "success")
    if onward is not None:
        return see_other(url_for("moderation.case", case_id=onward, **wanted().query))
    return see_other(url_for("moderation.queue", **wanted().query))


@blueprint.post(f"{_PLACE}/notes")
def write_note(name: str) -> Response:
    """Leave a note for the other moderators."""
    form = NoteForm()

    def verb(session: Session) -> str:
        sanctions.write_note(session, identity.actor(), _member(session, name), form.words.data or "")
        return _("The note is there for the other moderators.")

    return _back(name) if done(form, verb) else _page(name, note_form=form, status=422)


@blueprint.post("/moderation/notes/<int:note_id>/delete")
def delete_note(note_id: int) -> Response:
    """Throw a note away."""
    with transaction() as session:
        note, account = members.note(session, identity.actor(), note_id)
        sanctions.delete_note(session, identity.actor(), note)
    flash(_("The note is thrown away."), "success")
    return _back(account.name)


@blueprint.post(f"{_ONE}/lift")
def lift(sanction_id: int) -> Response:
    """End it before its time; the decision stands, and can still be objected to."""
    form = LiftForm()
    name = members.sanction(reading(), identity.actor(), sanction_id).account.name

    def verb(session: Session) -> str:
        actor = identity.actor()
        sanctions.lift(session, actor, members.sanction(session, actor, sanction_id), form.reason.data or "")
        return _("It has ended. They are told.")

    return _back(name) if done(form, verb) else _page(name, lift_form=form, changing=sanction_id, status=422)


@blueprint.post(f"{_ONE}/revoke")
def revoke(sanction_id: int) -> Response:
    """Take it back, as if it had never been: the decision that imposed it, where there is one."""
    form = UndoForm()
    name = members.sanction(reading(), identity.actor(), sanction_id).account.name

    def verb(session: Session) -> str:
        actor = identity.actor()
        row = members.sanction(session, actor, sanction_id)
        if row.ruling_id is None:
            sanctions.revoke(session, actor, row)
        else:
            if not (why := (form.why.data or "").strip()):
                raise Invalid(_("Say why: whom it concerned reads it."), "why")
            actions.undo(session, actor, queries.decision_for_update(session, actor, row.ruling_id), why)
        return _("It is taken back, and counts for nothing. They are told.")

    return _back(name) if done(form, verb) else _page(name, undo_form=form, changing=sanction_id, status=422)


def _member(session: Session, name: str) -> Account:
    return members.member_called(session, identity.actor(), name)


def _asked_case(asked: Mapping[str, str], name: str) -> Asked | None:
    """What waits for a decision of this member, where the reader comes from there; as it was then, else as it is."""
    case_id = row_id(asked.get("case"))
    if not case_id or not allows(identity.actor(), Act.WORK_QUEUE):
        return None
    case = case_of(reading(), identity.actor(), case_id)
    is_about = (case.subject_kind, case.subject_id) == (ACCOUNT, _member(reading(), name).id)
    if not is_about or case.closed_at is not None:
        return None
    return Asked(case, row_id(asked.get("version")) or case.version)


def _back(name: str) -> Response:
    return see_other(url_for("moderation.member", name=name))


def _page(
    name: str,
    *,
    form: MemberForm | None = None,
    case: Asked | None = None,
    lift_form: LiftForm | None = None,
    undo_form: UndoForm | None = None,
    changing: int = 0,
    note_form: NoteForm | None = None,
    status: int = 200,
) -> Response:
    actor = identity.actor()
    account = _member(reading(), name)
    record = members.record_of(reading(), actor, account)
    may_decide = allows(actor, Act.SANCTION, members.member(reading(), account))
    shared = may_decide and needs_peer_over(reading(), actor, account.id)
    return render(
        "moderation/member.html",
        status=status,
        record=record,
        is_own=account.id == actor.account_id,
        may_decide=may_decide,
        may_end=may_decide and not shared,
        shared=shared,
        form=(form or MemberForm(formdata=None)).about_case(case).offer(record),
        case=case.case if case is not None else None,
        query=wanted().query,
        lift_form=lift_form or LiftForm(formdata=None),
        undo_form=undo_form or UndoForm(formdata=None),
        changing=changing,
        note_form=note_form or NoteForm(formdata=None),
        wording=wording,
        stating=stating,
        decisions=decisions_behind(reading(), record),
    )
