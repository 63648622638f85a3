"""Sections: making, naming, ordering and deleting the headings of boards."""

from __future__ import annotations

from flask import Blueprint, flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.admin.forms import PlaceForm, SectionForm
from forum.admin.views.gate import DONE, ID, change, guard, press
from forum.boards import actions, kinds, queries
from forum.core.db import reading
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _

blueprint = Blueprint("admin_sections", __name__, url_prefix="/admin/sections")
blueprint.before_request(guard)


@blueprint.post("")
def create() -> Response:
    form = SectionForm()
    status = change(form, form.draft, lambda session, name: actions.create_section(session, identity.actor(), name))
    if status == DONE:
        flash(_("The section “%(name)s” is there. Boards can be put into it now.", name=form.draft()), "success")
        return see_other(url_for("admin_boards.index"))
    named = {kind.key: kind.name for kind in kinds.kinds()}
    return render("admin/boards.html", status=status, sections=queries.outline(reading()), kinds=named, form=form)


@blueprint.get(f"/<{ID}:section_id>")
def section(section_id: int) -> Response:
    found = queries.section_for_admin(reading(), section_id)
    return _page(section_id, SectionForm(formdata=None, data={"name": found.name}))


@blueprint.post(f"/<{ID}:section_id>")
def rename(section_id: int) -> Response:
    form = SectionForm()

    def verb(session: Session, name: str) -> None:
        actions.rename_section(session, identity.actor(), queries.section_for_admin(session, section_id), name)

    status = change(form, form.draft, verb)
    return see_other(url_for("admin_boards.index")) if status == DONE else _page(section_id, form, status)


@blueprint.post(f"/<{ID}:section_id>/place")
def place(section_id: int) -> Response:
    form = PlaceForm()

    def verb(session: Session, wanted: int) -> None:
        actions.place_section(session, identity.actor(), queries.section_for_admin(session, section_id), wanted)

    status = change(form, form.draft, verb)
    if status == DONE:
        return see_other(url_for("admin_boards.index", _anchor=f"section-{section_id}"))
    found = queries.section_for_admin(reading(), section_id)
    return _page(section_id, SectionForm(formdata=None, data={"name": found.name}), status, placing=form)


@blueprint.post(f"/<{ID}:section_id>/delete")
def delete(section_id: int) -> Response:
    def verb(session: Session) -> str:
        found = queries.section_for_admin(session, section_id)
        actions.delete_section(session, identity.actor(), found)
        return _("The section “%(name)s” is gone.", name=found.name)

    return press(verb, url_for("admin_sections.section", section_id=section_id), url_for("admin_boards.index"))


def _page(section_id: int, form: SectionForm, status: int = 200, placing: PlaceForm | None = None) -> Response:
    found = queries.section_for_admin(reading(), section_id)
    all_of_them = queries.outline(reading())
    view = next(view for view in all_of_them if view.id == section_id)
    return render(
        "admin/section.html",
        status=status,
        section=found,
        form=form,
        placing=placing or PlaceForm(formdata=None),
        spot=(all_of_them.index(view) + 1, len(all_of_them)),
        is_empty=not (view.boards or view.archived),
    )
