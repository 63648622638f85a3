"""Tags: the list, making, describing and deleting them."""

from __future__ import annotations

from flask import Blueprint, flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.admin.forms import TagForm
from forum.admin.views.gate import DONE, ID, change, differences, guard, press
from forum.boards import actions, queries
from forum.boards.drafts import TagDraft, fingerprint, tag_draft
from forum.boards.models import Tag
from forum.core.db import reading
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _

blueprint = Blueprint("admin_tags", __name__, url_prefix="/admin/tags")
blueprint.before_request(guard)


@blueprint.get("")
def index() -> Response:
    return render("admin/tags.html", tags=queries.tags(reading()), form=TagForm(formdata=None))


@blueprint.post("")
def create() -> Response:
    form = TagForm()
    status = change(form, form.draft, lambda session, draft: actions.create_tag(session, identity.actor(), draft))
    if status == DONE:
        flash(_("The tag is there."), "success")
        return see_other(url_for("admin_tags.index"))
    return render("admin/tags.html", status=status, tags=queries.tags(reading()), form=form)


@blueprint.get(f"/<{ID}:tag_id>")
def tag(tag_id: int) -> Response:
    found = queries.tag_for_admin(reading(), tag_id)
    return _page(found, _filled(found))


@blueprint.post(f"/<{ID}:tag_id>")
def edit(tag_id: int) -> Response:
    form = TagForm()

    def verb(session: Session, draft: TagDraft) -> None:
        found = queries.tag_for_admin(session, tag_id)
        actions.edit_tag(session, identity.actor(), found, draft, form.seen.data or "")

    status = change(form, form.draft, verb)
    if status == DONE:
        flash(_("Saved."), "success")
        return see_other(url_for("admin_tags.index"))
    return _page(queries.tag_for_admin(reading(), tag_id), form, status)


@blueprint.post(f"/<{ID}:tag_id>/delete")
def delete(tag_id: int) -> Response:
    def verb(session: Session) -> str:
        found = queries.tag_for_admin(session, tag_id)
        actions.delete_tag(session, identity.actor(), found)
        return _("The tag “%(name)s” is gone. Its topics are still there.", name=found.name)

    return press(verb, url_for("admin_tags.index"))


def _filled(found: Tag) -> TagForm:
    draft = tag_draft(found)
    data = {"name": draft.name, "description": draft.description, "is_reserved": draft.is_reserved}
    return TagForm(formdata=None, data=data | {"seen": fingerprint(draft)})


def _page(found: Tag, form: TagForm, status: int = 200) -> Response:
    stored = _filled(found)
    changed = differences(form, stored) if status == 409 else []
    if status == 409:
        form.seen.data = stored.seen.data
    return render("admin/tag.html", status=status, tag=found, form=form, changed=changed)
