"""Tags: the list, making, describing and deleting them."""

from __future__ import annotations

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.admin.forms.tags import MergeTagForm, SynonymForm, TagForm
from forum.admin.views.gate import DONE, ID, change, differences, guard, press
from forum.boards import actions, queries
from forum.boards.drafts import TagDraft, fingerprint, tag_draft
from forum.boards.models import Tag
from forum.core.db import reading
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.posts import actions as post_actions
from forum.posts import queries as posts

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


@blueprint.post(f"/<{ID}:tag_id>/synonyms")
def add_synonym(tag_id: int) -> Response:
    form = SynonymForm()

    def verb(session: Session, name: str) -> None:
        actions.add_synonym(session, identity.actor(), queries.tag_for_admin(session, tag_id), name)

    if (status := change(form, lambda: form.synonym.data or "", verb)) == DONE:
        flash(_("“%(word)s” leads here now.", word=form.synonym.data), "success")
        return see_other(url_for("admin_tags.tag", tag_id=tag_id, _anchor="synonyms"))
    found = queries.tag_for_admin(reading(), tag_id)
    return _page(found, _filled(found), status, synonym=form)


@blueprint.post(f"/<{ID}:tag_id>/synonyms/remove")
def remove_synonym(tag_id: int) -> Response:
    slug = request.form.get("slug", "")

    def verb(session: Session) -> str:
        actions.remove_synonym(session, identity.actor(), queries.tag_for_admin(session, tag_id), slug)
        return _("“%(word)s” leads nowhere any more.", word=slug)

    return press(verb, url_for("admin_tags.tag", tag_id=tag_id, _anchor="synonyms"))


@blueprint.get(f"/<{ID}:tag_id>/merge")
def preview_merge(tag_id: int) -> Response:
    """What would move, before anything does."""
    found, form = queries.tag_for_admin(reading(), tag_id), MergeTagForm(formdata=request.args)
    into_id = form.draft()
    if not into_id or into_id == tag_id:
        flash(_("Choose the tag that stays."), "error")
        return see_other(url_for("admin_tags.tag", tag_id=tag_id, _anchor="merge"))
    into = queries.tag_for_admin(reading(), into_id)
    both = posts.topics_of_both(reading(), found, into)
    return render("admin/tag_merge.html", tag=found, into=into, both=both)


@blueprint.post(f"/<{ID}:tag_id>/merge")
def merge(tag_id: int) -> Response:
    into_id = MergeTagForm().draft()

    def verb(session: Session) -> str:
        found, into = queries.tag_for_admin(session, tag_id), queries.tag_for_admin(session, into_id)
        name = found.name
        post_actions.merge_tags(session, identity.actor(), found, into)
        return _("“%(tag)s” and “%(into)s” are one now. The log can part them again.", tag=name, into=into.name)

    return press(verb, url_for("admin_tags.tag", tag_id=tag_id), url_for("admin_tags.index"))


def _filled(found: Tag) -> TagForm:
    draft = tag_draft(found)
    data = {
        "name": draft.name,
        "description": draft.description,
        "is_reserved": draft.is_reserved,
        "about": draft.about_source,
    }
    return TagForm(formdata=None, data=data | {"seen": fingerprint(draft)})


def _page(
    found: Tag,
    form: TagForm,
    status: int = 200,
    *,
    synonym: SynonymForm | None = None,
    merge_form: MergeTagForm | None = None,
) -> Response:
    stored = _filled(found)
    changed = differences(form, stored) if status == 409 else []
    if status == 409:
        form.seen.data = stored.seen.data
    return render(
        "admin/tag.html",
        status=status,
        tag=found,
        form=form,
        changed=changed,
        synonyms=queries.synonyms_of(reading(), found),
        synonym_form=synonym or SynonymForm(formdata=None),
        merge_form=_offered(merge_form or MergeTagForm(formdata=None), found),
    )


def _offered(form: MergeTagForm, found: Tag) -> MergeTagForm:
    others = [(str(tag.id), tag.name) for tag in queries.tags(reading()) if tag.id != found.id]
    form.into.choices = [("", _("Choose one")), *others]
    return form
