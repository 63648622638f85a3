"""What everybody may see of an organization: what it is, who speaks for it, and the log of roles."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.core import clock
from forum.core.db import reading
from forum.core.web.pages import render, see_other
from forum.organization import wording
from forum.organization.queries import incidents, showing
from forum.organization.views import blueprint


@blueprint.get("/organization")
def host() -> Response:
    """Whose place this is."""
    return _page("")


@blueprint.get("/organizations/<slug>")
def partner(slug: str) -> Response:
    """Another organization that takes part."""
    return _page(slug)


@blueprint.get("/organization/roles")
def roles() -> Response:
    """Who was given which role, and when it ended."""
    return _log("")


@blueprint.get("/organizations/<slug>/roles")
def partner_roles(slug: str) -> Response:
    """The same of another organization."""
    return _log(slug)


def _page(slug: str) -> Response:
    page = showing.organization_page(reading(), identity.actor(), slug)
    if slug and page.organization.is_host:
        return see_other(url_for("organization.host"))
    since = incidents.degraded_since(reading(), clock.now()) if page.organization.is_host else None
    return render("organization/page.html", page=page, wording=wording, degraded_since=since)


def _log(slug: str) -> Response:
    number = request.args.get("page", 1, type=int)
    found, lines = showing.role_log(reading(), identity.actor(), slug, number)
    if slug and found.is_host:
        return see_other(url_for("organization.roles"))
    return render("organization/roles.html", organization=found, lines=lines, wording=wording)
