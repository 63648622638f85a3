"""Boards: the list, making, editing, ordering, archiving, and who may do what on them."""

from __future__ import annotations

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.admin import queries as admin
from forum.admin.forms import BoardForm, PlaceForm, RightsForm, SectionForm, filled_board, ticked_rights
from forum.admin.views.gate import DONE, ID, change, differences, guard, press
from forum.boards import actions, kinds, presets, queries
from forum.boards.drafts import BoardDraft, board_draft, rights_fingerprint
from forum.boards.models import Board
from forum.core import clock
from forum.core.db import reading
from forum.core.web.pages import render, see_other
from forum.core.web.running import settings
from forum.core.web.times import exact_time
from forum.core.words import gettext as _
from forum.core.zones import time_zones
from forum.organization.queries import charter_pages

blueprint = Blueprint("admin_boards", __name__, url_prefix="/admin/boards")
blueprint.before_request(guard)


@blueprint.get("")
def index() -> Response:
    return render("admin/boards.html", sections=queries.outline(reading()), kinds=_kinds(), form=SectionForm())


# ── a new board ───────────────────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get("/new")
def new() -> Response:
    """First the kind, since much follows from it; then the rest."""
    sections = queries.outline(reading())
    chosen = request.args.get("kind", "")
    if not sections or chosen not in kinds.KEYS:
        return render("admin/board_kind.html", sections=sections, kinds=kinds.kinds())
    kind = kinds.kind(chosen)
    draft = BoardDraft("", _section(), kind=chosen, peer_first=kind.peer_first, time_zone=settings().time_zone)
    preset = "announcements" if kind.staff_start else "public"
    return _new_page(BoardForm(formdata=None, data=filled_board(draft) | {"preset": preset}))


@blueprint.post("/new")
def create() -> Response:
    form = _offering(BoardForm())

    def verb(session: Session, draft: BoardDraft) -> None:
        board = actions.create_board(session, identity.actor(), draft, presets.preset_rights(form.preset.data or ""))
        flash(_("“%(name)s” is there.", name=board.name), "success")

    status = change(form, form.draft, verb)
    return see_other(url_for("admin_boards.index")) if status == DONE else _new_page(form, status)


def _new_page(form: BoardForm, status: int = 200) -> Response:
    return render("admin/board_new.html", status=status, form=_offering(form), presets=presets.presets())


def _section() -> int:
    wanted = request.args.get("section", type=int)
    found = [section.id for section in queries.outline(reading())]
    return wanted if wanted in found else found[0]


# ── a board that is there ─────────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get(f"/<{ID}:board_id>")
def board(board_id: int) -> Response:
    found = queries.board_for_admin(reading(), board_id)
    return _board_page(found, BoardForm(formdata=None, data=filled_board(board_draft(found))))


@blueprint.post(f"/<{ID}:board_id>")
def edit(board_id: int) -> Response:
    form = _offering(BoardForm(), board_id)

    def verb(session: Session, draft: BoardDraft) -> None:
        found = queries.board_for_admin(session, board_id)
        decision = charter_pages.known_decision(session, form.decision.data or 0)
        actions.edit_board(session, identity.actor(), found, draft, form.seen.data or "", decision=decision)

    status = change(form, form.draft, verb)
    if status == DONE:
        flash(_saved(queries.board_for_admin(reading(), board_id)), "success")
        return see_other(url_for("admin_boards.board", board_id=board_id))
    return _board_page(queries.board_for_admin(reading(), board_id), form, status)


def _saved(board: Board) -> str:
    """What is looser counts later than all the rest."""
    later = [at for at in (board.peer_first_ends_at, board.announces_from) if at is not None and at > clock.now()]
    if not later:
        return _("Saved.")
    return _("Saved. What is looser counts from %(when)s on; everything else counts now.", when=exact_time(max(later)))


@blueprint.post(f"/<{ID}:board_id>/place")
def place(board_id: int) -> Response:
    form = PlaceForm()

    def verb(session: Session, wanted: int) -> None:
        actions.place_board(session, identity.actor(), queries.board_for_admin(session, board_id), wanted)

    if (status := change(form, form.draft, verb)) == DONE:
        return see_other(url_for("admin_boards.index", _anchor=f"board-{board_id}"))
    found = queries.board_for_admin(reading(), board_id)
    filled = BoardForm(formdata=None, data=filled_board(board_draft(found)))
    return _board_page(found, filled, status, placing=form)


@blueprint.post(f"/<{ID}:board_id>/archive")
def archive(board_id: int) -> Response:
    def verb(session: Session) -> str:
        found = queries.board_for_admin(session, board_id)
        actions.archive_board(session, identity.actor(), found)
        return _("“%(name)s” is archived. Everything in it stays readable.", name=found.name)

    return press(verb, url_for("admin_boards.board", board_id=board_id), url_for("admin_boards.index"))


@blueprint.post(f"/<{ID}:board_id>/reopen")
def reopen(board_id: int) -> Response:
    def verb(session: Session) -> str:
        found = queries.board_for_admin(session, board_id)
        actions.reopen_board(session, identity.actor(), found)
        return _("“%(name)s” is open again.", name=found.name)

    return press(verb, url_for("admin_boards.board", board_id=board_id), url_for("admin_boards.index"))


@blueprint.post(f"/<{ID}:board_id>/delete")
def delete(board_id: int) -> Response:
    def verb(session: Session) -> str:
        found = queries.board_for_admin(session, board_id)
        actions.delete_board(session, identity.actor(), found)
        return _("“%(name)s” is gone. Nothing was in it.", name=found.name)

    return press(verb, url_for("admin_boards.board", board_id=board_id), url_for("admin_boards.index"))


def _board_page(found: Board, form: BoardForm, status: int = 200, placing: PlaceForm | None = None) -> Response:
    stored = _offering(BoardForm(formdata=None, data=filled_board(board_draft(found))), found.id)
    stored.decision.data = form.decision.data  # which is of no board
    changed = differences(form, stored) if status == 409 else []
    if status == 409:
        form.seen.data = stored.seen.data  # sent once more, it is meant
    return render(
        "admin/board.html",
        status=status,
        board=found,
        form=_offering(form, found.id),
        placing=placing or PlaceForm(formdata=None),
        changed=changed,
        can_delete=found.topic_count == 0,
        spot=_whereabouts(found),
    )


def _whereabouts(found: Board) -> tuple[int, int]:
    """The place of a board among its neighbours, and how many they are."""
    for section in queries.outline(reading()):
        for alike in (section.boards, section.archived, *(top.subs for top in (*section.boards, *section.archived))):
            ids = [one.id for one in alike if (one.archived_at is None) == (found.archived_at is None)]
            if found.id in ids:
                return ids.index(found.id) + 1, len(ids)
    return 1, 1


def _offering(form: BoardForm, board_id: int | None = None) -> BoardForm:
    """The form with what can be chosen in it."""
    form.kind.choices = [(kind.key, kind.name) for kind in kinds.kinds()]
    form.time_zone.choices = [(zone, zone.replace("_", " ")) for zone in time_zones()]
    form.decision.choices = [(0, "–"), *charter_pages.recent_decisions(reading()).items()]
    form.preset.choices = [(preset.key, f"{preset.name}: {preset.summary}") for preset in presets.presets()]
    chosen = form.kind.data if form.kind.data in kinds.KEYS else ""
    optional = kinds.may_be_required(chosen) if chosen else ()
    form.required_fields.choices = [(field.key, field.label) for field in optional]
    places: dict[str, list[tuple[str, str]]] = {}
    for section in queries.outline(reading()):
        below = [
            (f"b{top.id}", _("%(section)s, below “%(board)s”", section=section.name, board=top.name))
            for top in section.boards
            if top.id != board_id
        ]
        places[section.name] = [(f"s{section.id}", section.name), *below]
    form.place.choices = places
    return form


def _kinds() -> dict[str, str]:
    return {kind.key: kind.name for kind in kinds.kinds()}


# ── rights ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get(f"/<{ID}:board_id>/rights")
def rights(board_id: int) -> Response:
    """The table; with `?preset=…` as that would have it, not saved yet."""
    found = queries.board_for_admin(reading(), board_id)
    stored = queries.rights_on(reading(), board_id)
    preset = request.args.get("preset", "")
    shown = presets.preset_rights(preset) if preset in presets.KEYS else stored
    data = {"seen": rights_fingerprint(stored), "rights": ticked_rights(shown)}
    return _rights_page(found, RightsForm(formdata=None, data=data), proposed=shown != stored)


@blueprint.post(f"/<{ID}:board_id>/rights")
def set_rights(board_id: int) -> Response:
    form = RightsForm()

    def verb(session: Session, wanted: presets.Rights) -> None:
        found = queries.board_for_admin(session, board_id)
        actions.set_rights(session, identity.actor(), found, wanted, form.seen.data or "")

    status = change(form, form.draft, verb)
    if status == DONE:
        flash(_("The rights are saved."), "success")
        return see_other(url_for("admin_boards.rights", board_id=board_id))
    if status == 409:
        form.seen.data = rights_fingerprint(queries.rights_on(reading(), board_id))
    return _rights_page(queries.board_for_admin(reading(), board_id), form, status)


def _rights_page(found: Board, form: RightsForm, status: int = 200, *, proposed: bool = False) -> Response:
    groups = [view.group for view in admin.groups(reading(), identity.actor())]
    return render(
        "admin/rights.html",
        status=status,
        board=found,
        form=form,
        groups=[(group, presets.offered(group.id)) for group in groups],
        ticked=set(form.rights.data or []),
        presets=presets.presets(),
        proposed=proposed,
    )
