"""The charter: what everybody may read of it, and its editor for those who save it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, jsonify, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import queries as boards
from forum.caretakers.queries import has_peer
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid, InvalidFields, NotFound
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.importers.queries import posts_without_affiliation
from forum.organization import actions, charter_words, wording
from forum.organization.charter import DUTY, KEEPERS, USUAL, USUAL_REVIEW, Changes, Charter, Kind, Question
from forum.organization.charter_json import from_json
from forum.organization.dials import DIALS
from forum.organization.differences import Change, Way, diff
from forum.organization.drafts import CharterDraft
from forum.organization.forms.charter import CharterForm, charter_form, fingerprint
from forum.organization.models import Organization
from forum.organization.public_charter import public_json
from forum.organization.queries import charter_pages, chartering
from forum.organization.refusals import validated
from forum.organization.stages import Stage
from forum.organization.verdicts import percent
from forum.organization.versions import NOTICE
from forum.organization.views import blueprint
from forum.permissions import Act, Role, allows, require
from forum.stewardship.queries import commitments

_TABLES: dict[str, Any] = {
    "words": charter_words,
    "wording": wording,
    "Question": Question,
    "Kind": Kind,
    "Role": Role,
    "Stage": Stage,
    "DIALS": DIALS,
    "USUAL": USUAL,
    "KEEPERS": KEEPERS,
    "percent": percent,
}


@blueprint.get("/organization/charter")
def charter() -> Response:
    """What holds now."""
    page, versions = charter_pages.charter_page(reading(), identity.actor())
    kept = commitments.attained(reading(), clock.now(), uncounted=posts_without_affiliation())
    loosened = charter_pages.loosened_boards(reading(), identity.actor())
    return render(
        "organization/charter.html",
        page=page,
        versions=versions,
        kept_promises=kept,
        loosened=loosened,
        has_peer=has_peer(reading()),
        **_TABLES,
    )


@blueprint.get("/organization/charter.json")
def charter_json() -> Response:
    """The same, to be read by a program."""
    page, _versions = charter_pages.charter_page(reading(), identity.actor())
    return jsonify(public_json(page))


@blueprint.get("/organization/charter/<int(max=999999999):number>")
def charter_version(number: int) -> Response:
    """A version as it was saved, with what it changed; `?against=` names another one than the one before."""
    against = request.args.get("against", type=int)
    if against is not None and against < 0:
        raise NotFound
    shown = charter_pages.version_page(reading(), identity.actor(), number, against)
    return render("organization/charter_version.html", shown=shown, page=shown.page, **_TABLES)


@blueprint.get("/organization/charter/edit")
def edit_charter() -> Response:
    """The editor, with the charter as it was saved last."""
    there = _chartered()
    saved = chartering.latest_version(reading(), there.id)
    began = Charter(review_by=clock.now().date() + USUAL_REVIEW, commitments=DUTY)
    charter = from_json(saved.data) if saved is not None else began
    form = _form(there, charter, list(charter.boards), base=saved.number if saved is not None else 0)
    return _editor(there, form)


@blueprint.post("/organization/charter/edit")
def save_charter() -> Response:
    """Show what would change; save it once that was seen."""
    there = _chartered()
    do, own = request.form.get("do", ""), request.form.getlist("own", type=int)
    form = _form(there, None, own)
    if do == "add" and form.add_board.data:
        return _editor(there, _form(there, None, [*own, form.add_board.data]))
    if do.startswith("drop-"):
        return _editor(there, _form(there, None, [one for one in own if do != f"drop-{one}"]))
    charter, wrong = form.charter()
    saved = chartering.latest_version(reading(), there.id)
    if form.base.data != str(saved.number if saved is not None else 0):
        return _overtaken(there, form)
    decision = form.decision.data or 0
    seen = fingerprint(charter, decision, form.note.data or "")
    draft = CharterDraft(charter, int(form.base.data), form.note.data or "", decision or None)
    if wrong or form.seen.data != seen:
        return _previewed(there, form, draft, seen, wrong)
    return _saved(there, form, draft)


def _previewed(
    there: Organization, form: CharterForm, draft: CharterDraft, seen: str, unread: Mapping[str, str]
) -> Response:
    """What would change and from when, or all that stands in the way. `unread`: what could not be read, by field; what
    would change is not said then, and whether that needs a decision nobody knows yet."""
    session = reading()
    around = chartering.surroundings(session, there, draft.decision)
    changes = None if unread else diff(around.before, draft.charter, chartering.boards_by_name(session))
    wrong = {problem.field: problem.sentence for problem in validated(draft.charter, around)} | dict(unread)
    if unread:
        wrong.pop("decision", None)
    if not draft.note.strip():
        wrong["note"] = _("Say what changes, and why.")
    named = charter_pages.named_decision(session, there, draft.decision)
    if wrong:
        form.show(InvalidFields(wrong))
        return _editor(there, form, changes=changes, named=named, status=422)
    form.seen.data = seen
    return _editor(there, form, changes=changes, named=named)


def _saved(there: Organization, form: CharterForm, draft: CharterDraft) -> Response:
    try:
        with transaction() as session:
            locked = chartering.chartered_organization(session, locked=True)
            number = actions.save_charter(session, identity.actor(), locked, draft).number
    except Conflict:
        return _overtaken(there, form)
    except Invalid as error:
        form.show(error)
        return _editor(there, form, status=422)
    flash(_("Version %(n)s of the charter is saved.", n=number), "success")
    return see_other(url_for("organization.charter"))


def _overtaken(there: Organization, form: CharterForm) -> Response:
    """Somebody saved a version meanwhile: what it changed, and the way on, with all that was typed."""
    latest = chartering.latest_version(reading(), there.id)
    number, typed = latest.number if latest is not None else 0, form.base.data or ""
    base = int(typed) if typed.isascii() and typed.isdigit() and int(typed) <= number else 0
    theirs = charter_pages.changes_since(reading(), identity.actor(), there, base)
    form.base.data, form.seen.data = str(number), ""
    return _editor(there, form, theirs=theirs, status=409)


def _chartered() -> Organization:
    there = chartering.chartered_organization(reading())
    require(identity.actor(), Act.CHARTER_OWN_BOARDS, there)
    return there


def _form(there: Organization, charter: Charter | None, own_boards: Sequence[int], base: int = 0) -> CharterForm:
    session, actor = reading(), identity.actor()
    people, peers = chartering.candidates(session, there)
    named = chartering.boards_by_name(session)
    if not allows(actor, Act.CHARTER, there) and actor.belonging is not None:
        only = actor.belonging.roles.get(Role.HOST)
        named = {id_: name for id_, name in named.items() if only is None or id_ in only}
    else:
        only = None
    form = charter_form(
        charter,
        people=people,
        peers=peers,
        boards=named,
        decisions=charter_pages.recent_decisions(session),
        own_boards=[one for one in dict.fromkeys(own_boards) if one in named],
        base=base,
    )
    form.only, form.before = only, chartering.surroundings(session, there, None).before
    return form


def _editor(
    there: Organization,
    form: CharterForm,
    *,
    changes: Sequence[Change] | None = None,
    theirs: Sequence[Change] | None = None,
    named: charter_pages.Named | None = None,
    status: int = 200,
) -> Response:
    return render(
        "organization/charter_edit.html",
        status=status,
        organization=there,
        form=form,
        boards=chartering.boards_by_name(reading()),
        changes=None if changes is None else _by_way(changes),
        theirs=theirs,
        named=named,
        comes=clock.now() + NOTICE,
        of_some_boards=form.only is not None,
        others=_others(form),
        **_TABLES,
    )


def _others(form: CharterForm) -> Sequence[tuple[str, Changes]]:
    """For whoever changes some boards only: the others that they see and that have limits of their own, to read."""
    if form.only is None:
        return ()
    seen = chartering.boards_by_name(reading(), boards.visible(identity.actor()))
    return [
        (name, form.before.boards[id_]) for id_, name in seen.items() if id_ in form.before.boards.keys() - form.only
    ]


def _by_way(changes: Sequence[Change]) -> Mapping[str, Sequence[str]]:
    return {str(way): [change.text for change in changes if change.way is way] for way in Way}
