"""The place itself: its name, its greeting, its colour, its logo, and who hosts it."""

from __future__ import annotations

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.admin.forms.place import HostForm, LogoForm, SiteForm, filled_site
from forum.admin.views.gate import DONE, change, differences, guard, press
from forum.core.db import reading
from forum.core.web.pages import render, see_other
from forum.core.web.sizes import takes_files
from forum.core.words import gettext as _
from forum.organization import actions as organization
from forum.organization import queries as organizations
from forum.organization.models import Organization
from forum.site import actions, colours, queries
from forum.site.drafts import SiteDraft, site_draft

blueprint = Blueprint("admin_site", __name__, url_prefix="/admin/site")
blueprint.before_request(guard)


@blueprint.get("")
def site() -> Response:
    return _page()


@blueprint.post("")
def describe() -> Response:
    form = SiteForm()
    if nearest := request.form.get("take"):  # the shade that the page proposed
        form.accent.data = nearest

    def verb(session: Session, draft: SiteDraft) -> None:
        actions.describe_site(session, identity.actor(), queries.site(session), draft, form.seen.data or "")

    status = change(form, form.draft, verb)
    if status == DONE:
        flash(_("Saved."), "success")
        return see_other(url_for("admin_site.site"))
    return _page(form=form, status=status)


@blueprint.post("/host")
def name_host() -> Response:
    form = HostForm()

    def verb(session: Session, draft: tuple[str, list[str]]) -> None:
        organization.name_host(session, identity.actor(), draft[0])
        organization.know_host_as(session, identity.actor(), draft[1])

    status = change(form, form.draft, verb)
    if status == DONE:
        flash(_("Saved."), "success")
        return see_other(url_for("admin_site.site"))
    return _page(host_form=form, status=status)


@blueprint.post("/logo")
@takes_files
def set_logo() -> Response:
    form = LogoForm()
    status = change(
        form,
        form.draft,
        lambda session, draft: actions.set_logo(session, identity.actor(), queries.site(session), draft),
    )
    if status == DONE:
        flash(_("That is the logo now."), "success")
        return see_other(url_for("admin_site.site", _anchor="logo"))
    return _page(logo_form=form, status=status)


@blueprint.post("/logo/remove")
def remove_logo() -> Response:
    def verb(session: Session) -> str:
        actions.remove_logo(session, identity.actor(), queries.site(session), request.form.get("variant", ""))
        return _("It is gone. The log can bring it back.")

    return press(verb, url_for("admin_site.site", _anchor="logo"))


def _page(
    *,
    form: SiteForm | None = None,
    logo_form: LogoForm | None = None,
    host_form: HostForm | None = None,
    status: int = 200,
) -> Response:
    stored = SiteForm(formdata=None, data=filled_site(site_draft(queries.site(reading()))))
    host = organizations.host(reading())
    beside = queries.site(reading()).brand.beside
    changed = differences(form, stored) if form is not None and status == 409 else []
    if form is not None and status == 409:
        form.seen.data = stored.seen.data
    return render(
        "admin/site.html",
        status=status,
        form=form or stored,
        logo_form=logo_form or LogoForm(formdata=None, data={"beside": beside}),
        host_form=host_form or HostForm(formdata=None, data=_named(host)),
        nearest=_nearest(form) if form is not None else "",
        changed=changed,
    )


def _named(host: Organization | None) -> dict[str, str]:
    return {"name": host.name, "also": "\n".join(host.also_known_as)} if host is not None else {}


def _nearest(form: SiteForm) -> str:
    """The shade to propose instead of a colour that cannot be read."""
    typed = colours.parse(form.accent.data or "") if form.own_accent.data else None
    if typed is None:
        return ""
    shade = colours.nearest_legible(typed)
    return "" if shade == typed or colours.passes_for_amber(shade) else shade
