"""What moderators decided of a member: their own page, what moderators do there, and reading a warning on the way to
what one was about to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts.models import Account
from forum.core.db import reading, transaction
from forum.core.errors import NotFound, ReadFirst
from forum.core.web.forms import done
from forum.core.web.pages import is_local, local_or, render, see_other, wants_fragment
from forum.core.words import gettext as _
from forum.permissions import Act, allows
from forum.permissions.asking import held_back
from forum.posts.actions.concerning import needs_peer_over
from forum.sanctions import actions, queries, wording
from forum.sanctions.forms import LiftForm, NoteForm, SanctionForm
from forum.site.rules import sentence_of, title_of

blueprint = Blueprint("sanctions", __name__)
blueprint.add_app_template_global(held_back)
blueprint.add_app_template_global(title_of, "rule_name")
blueprint.add_app_template_global(sentence_of, "rule_sentence")

# What of a form belongs to its page, and is not carried past a warning.
_OF_PAGE = frozenset({"csrf_token", "go_on", "next", "attach"})


@blueprint.get("/u/<name>/moderation")
def member(name: str) -> Response:
    """All that applies to a member and applied, for themselves and for moderators."""
    return _page(name)


@blueprint.get("/moderation/own")
def own() -> Response:
    """The reader's own."""
    actor = identity.actor()
    if actor.is_guest:
        raise NotFound
    return see_other(url_for("sanctions.member", name=actor.name))


@blueprint.post("/u/<name>/moderation")
def impose(name: str) -> Response:
    """Decide something of them."""
    form = SanctionForm()

    def verb(session: Session) -> str:
        actions.impose(session, identity.actor(), _member(session, name), form.draft())
        return _("It holds from now on. They are told, with what you wrote.")

    return _back(name) if done(form, verb) else _page(name, sanction_form=form, status=422)


@blueprint.post("/u/<name>/moderation/notes")
def write_note(name: str) -> Response:
    """Leave a note for the other moderators."""
    form = NoteForm()

    def verb(session: Session) -> str:
        actions.write_note(session, identity.actor(), _member(session, name), form.words.data or "")
        return _("The note is there for the other moderators.")

    return _back(name) if done(form, verb) else _page(name, note_form=form, status=422)


@blueprint.post("/moderation/notes/<int:note_id>/delete")
def delete_note(note_id: int) -> Response:
    """Throw a note away."""
    with transaction() as session:
        note, account = queries.note(session, identity.actor(), note_id)
        actions.delete_note(session, identity.actor(), note)
    flash(_("The note is thrown away."), "success")
    return _back(account.name)


@blueprint.post("/moderation/sanctions/<int:sanction_id>/lift")
def lift(sanction_id: int) -> Response:
    """End it before its time."""
    form = LiftForm()
    row = queries.sanction(reading(), identity.actor(), sanction_id)
    name = row.account.name

    def verb(session: Session) -> str:
        actor = identity.actor()
        actions.lift(session, actor, queries.sanction(session, actor, sanction_id), form.reason.data or "")
        return _("It has ended. They are told.")

    return _back(name) if done(form, verb) else _page(name, lift_form=form, lifting=sanction_id, status=422)


@blueprint.post("/moderation/sanctions/<int:sanction_id>/revoke")
def revoke(sanction_id: int) -> Response:
    """Take it back, as if it had never been."""
    with transaction() as session:
        row = queries.sanction(session, identity.actor(), sanction_id)
        name = row.account.name
        actions.revoke(session, identity.actor(), row)
    flash(_("It is taken back, and counts for nothing. They are told."), "success")
    return _back(name)


# ── a warning, read on the way ────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get("/moderation/warning")
def warning() -> Response:
    """The warning that waits to be read."""
    return _warning_page()


@blueprint.app_errorhandler(ReadFirst)
def read_first(_error: Exception) -> Response:
    """Whatever they were about to do waits on the page that shows the warning, and goes on from there."""
    if request.method == "GET" and not wants_fragment():
        return see_other(url_for("sanctions.warning", next=request.full_path.rstrip("?")))
    return _warning_page(403, sent=request.form.items(multi=True), go_on=request.full_path.rstrip("?"))


@blueprint.post("/moderation/warnings/<int:sanction_id>/read")
def read_warning(sanction_id: int) -> Response:
    """They read it. What they had sent goes to where it was going: an editor shows it again, nothing is posted yet."""
    with transaction() as session:
        actions.acknowledge(session, identity.actor(), queries.sanction(session, identity.actor(), sanction_id))
    if wants_fragment() or queries.unread_warning(reading(), identity.actor()) is not None:
        return _warning_page(sent=request.form.items(multi=True), go_on=request.form.get("go_on", ""))
    if is_local(onward := request.form.get("go_on", "")):
        return redirect(onward, 307)
    flash(_("Thank you. You can write again."), "success")
    return see_other(local_or(request.form.get("next"), url_for("posts.home")))


def _warning_page(status: int = 200, *, sent: Iterable[tuple[str, str]] = (), go_on: str = "") -> Response:
    row = queries.unread_warning(reading(), identity.actor())
    words: dict[str, Any] = {"row": row, "warning_here": True, "is_own": True, "wording": wording}
    if wants_fragment():  # the page with the editor stays, and so does what stands in it
        answer = render("sanctions/warning_aside.html", status=status, **words)
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#flashes", "innerHTML show:top"
        return answer
    kept = [(name, text) for name, text in sent if go_on and name not in _OF_PAGE]
    return render(
        "sanctions/warning.html",
        status=status,
        go_on=go_on,
        sent=kept,
        text=next((text for name, text in kept if name == "body"), ""),
        onward=local_or(request.values.get("next"), ""),
        **words,
    )


# ── the page ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _member(session: Session, name: str) -> Account:
    return queries.member_called(session, identity.actor(), name)


def _back(name: str) -> Response:
    return see_other(url_for("sanctions.member", name=name))


def _page(
    name: str,
    *,
    sanction_form: SanctionForm | None = None,
    lift_form: LiftForm | None = None,
    lifting: int = 0,
    note_form: NoteForm | None = None,
    status: int = 200,
) -> Response:
    actor = identity.actor()
    account = queries.member_called(reading(), actor, name)
    record = queries.record_of(reading(), actor, account)
    may_sanction = allows(actor, Act.SANCTION, queries.member(reading(), account))
    shared = may_sanction and needs_peer_over(reading(), actor, account.id)
    return render(
        "sanctions/page.html",
        status=status,
        record=record,
        is_own=account.id == actor.account_id,
        may_sanction=may_sanction and not shared,
        shared=shared,
        sanction_form=(sanction_form or SanctionForm(formdata=None)).offer(record),
        lift_form=lift_form or LiftForm(formdata=None),
        lifting=lifting,
        note_form=note_form or NoteForm(formdata=None),
        wording=wording,
    )
