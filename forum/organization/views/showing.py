"""What everybody may see of an organization: what it is, who speaks for it, and the log of roles."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.caretakers.queries import has_peer
from forum.core import clock
from forum.core.db import reading
from forum.core.web.pages import render, see_other
from forum.importers.queries import posts_without_affiliation
from forum.organization import charter_words, wording
from forum.organization.charter import KEEPERS
from forum.organization.queries import incidents, showing
from forum.organization.verdicts import percent
from forum.organization.views import blueprint
from forum.stewardship.queries import commitments, presence


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


@blueprint.get("/organization/how-we-write")
def how_we_write() -> Response:
    """What whoever speaks for an organization goes by, on one screen; one's own roles first."""
    actor = identity.actor()
    return render("organization/how_we_write.html", roles=showing.own_roles(reading(), actor), wording=wording)


def _page(slug: str) -> Response:
    session, now = reading(), clock.now()
    page = showing.organization_page(session, identity.actor(), slug)
    if slug and page.organization.is_host:
        return see_other(url_for("organization.host"))
    if not page.organization.is_host:
        return render("organization/page.html", page=page, wording=wording)
    return render(
        "organization/page.html",
        page=page,
        kept_promises=commitments.attained(session, now, uncounted=posts_without_affiliation()),
        degraded_since=incidents.degraded_since(session, now),
        has_peer=has_peer(session),
        absent=presence.absent_boards(session, now),
        wording=wording,
        words=charter_words,
        KEEPERS=KEEPERS,
        percent=percent,
    )


def _log(slug: str) -> Response:
    number = request.args.get("page", 1, type=int)
    found, lines = showing.role_log(reading(), identity.actor(), slug, number)
    if slug and found.is_host:
        return see_other(url_for("organization.roles"))
    return render("organization/roles.html", organization=found, lines=lines, wording=wording)
