"""The log of the administration: who did what, when, from what to what; and taking back what can be taken back."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.admin import queries, wording
from forum.admin.views.gate import ID, guard, press
from forum.core.db import reading
from forum.core.web.pages import render
from forum.core.words import gettext as _
from forum.organization import actions as organization
from forum.posts import actions as posts
from forum.site import actions
from forum.site import queries as sites

blueprint = Blueprint("admin_log", __name__, url_prefix="/admin/log")
blueprint.before_request(guard)


@blueprint.get("")
def index() -> Response:
    about, subject = request.args.get("about", "")[:20], request.args.get("subject", "")[:80]
    number = min(request.args.get("page", 1, type=int), 10**6)
    page = sites.log(reading(), identity.actor(), about, subject, number)
    return render(
        "admin/log.html",
        page=page,
        lines=queries.said_lines(reading(), identity.actor(), page.items),
        about=about,
        subject=subject,
        kinds=wording.kinds_of_deeds(),
    )


@blueprint.post(f"/<{ID}:deed_id>/undo")
def undo(deed_id: int) -> Response:
    def verb(session: Session) -> str:
        deed = sites.deed(session, identity.actor(), deed_id)
        if deed.about == "tag":
            posts.undo_merge(session, identity.actor(), deed)
        elif deed.about == "place" and deed.subject == "host":
            organization.undo_host(session, identity.actor(), deed)
        elif deed.about == "place" and deed.subject == "names":
            organization.undo_known_as(session, identity.actor(), deed)
        elif deed.about == "place":
            actions.undo_logo(session, identity.actor(), sites.site(session), deed)
        else:
            actions.undo_setting(session, identity.actor(), sites.site(session), deed)
        return _("It is as it was before.")

    return press(verb, url_for("admin_log.index"))
