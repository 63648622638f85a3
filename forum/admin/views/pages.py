"""Pages about the place: what every place has, and pages of its own; drafted, published, withdrawn."""

from __future__ import annotations

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.admin.forms.place import NewPageForm, PageForm, filled_page
from forum.admin.views.gate import DONE, change, differences, guard, press
from forum.core.db import reading
from forum.core.errors import NotFound
from forum.core.slugs import slug_of
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.pages import actions, queries
from forum.pages.drafts import PageDraft
from forum.pages.purposes import ACCEPTED, PURPOSES

blueprint = Blueprint("admin_pages", __name__, url_prefix="/admin/pages")
blueprint.before_request(guard)


@blueprint.get("")
def index() -> Response:
    return _index(NewPageForm(formdata=None))


@blueprint.post("")
def create() -> Response:
    form = NewPageForm()
    slug = slug_of(form.title.data or "", actions.LONGEST_SLUG)

    def verb(session: Session, draft: PageDraft) -> None:
        actions.save_page(session, identity.actor(), slug, draft, "")

    status = change(form, form.draft, verb)
    if status == DONE:
        return see_other(url_for("admin_pages.edit", slug=slug))
    return _index(form, status)


@blueprint.get("/<slug>")
def edit(slug: str) -> Response:
    return _page(slug)


@blueprint.post("/<slug>")
def save(slug: str) -> Response:
    form, publishing = PageForm(), "publish" in request.form
    if slug not in PURPOSES:
        queries.for_editing(reading(), identity.actor(), slug)

    def verb(session: Session, draft: PageDraft) -> None:
        do = actions.publish_page if publishing else actions.save_page
        do(session, identity.actor(), slug, draft, form.seen.data or "")

    status = change(form, form.draft, verb)
    if status == DONE:
        flash(_("Published.") if publishing else _("The draft is kept. Nobody else sees it yet."), "success")
        return see_other(url_for("admin_pages.index") if publishing else url_for("admin_pages.edit", slug=slug))
    return _page(slug, form, status)


@blueprint.post("/<slug>/withdraw")
def withdraw(slug: str) -> Response:
    def verb(session: Session) -> str:
        page, _version = queries.for_editing(session, identity.actor(), slug)
        if page is None:
            raise NotFound
        actions.withdraw_page(session, identity.actor(), page)
        return _("“%(title)s” cannot be read any more. Publish it to bring it back.", title=page.title)

    return press(verb, url_for("admin_pages.edit", slug=slug), url_for("admin_pages.index"))


def _index(form: NewPageForm, status: int = 200) -> Response:
    return render("admin/pages.html", status=status, pages=queries.listed(reading(), identity.actor()), form=form)


def _page(slug: str, form: PageForm | None = None, status: int = 200) -> Response:
    page, version = queries.for_editing(reading(), identity.actor(), slug)
    published = queries.published_version(reading(), page) if page is not None else None
    purpose = PURPOSES.get(slug)
    stored = PageForm(formdata=None, data=filled_page(page, version, _(purpose.title) if purpose else ""))
    changed = differences(form, stored) if form is not None and status == 409 else []
    if form is not None and status == 409:
        form.seen.data = stored.seen.data
    is_draft = version is not None and version.published_at is None
    return render(
        "admin/page.html",
        status=status,
        slug=slug,
        page=page,
        purpose=purpose,
        published=published,
        draft=version if is_draft else None,
        pieces=queries.changes(published.source, version.source) if published and version and is_draft else [],
        asks=slug in ACCEPTED,
        form=form or stored,
        changed=changed,
    )
