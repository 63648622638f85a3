"""The lists of conversations."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from forum import identity
from forum.conversations import queries
from forum.conversations.queries import Box
from forum.conversations.views import blueprint
from forum.core.db import reading
from forum.core.errors import NotFound, SignInNeeded
from forum.core.web.pages import render
from forum.core.words import gettext as _


@blueprint.get("/conversations")
def index() -> Response:
    """One's own conversations, those put away, or a box that one shares; with somebody, if asked."""
    session, actor = reading(), identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to read your conversations."))
    asked, person = request.args.get("box", ""), request.args.get("with", "")[:60]
    boxes = [Box("", _("Yours")), *queries.boxes(session, actor)]
    if actor.is_moderator:
        boxes.append(Box("moderators", _("Moderators")))
    boxes.append(Box("archive", _("Put away")))
    if asked not in {box.key for box in boxes}:
        raise NotFound
    typed = request.args.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 7 else 0
    if page < 1:
        raise NotFound
    return render(
        "conversations/index.html",
        boxes=boxes,
        box=asked,
        person=person,
        found=queries.conversations(session, actor, asked, person=person, page=page),
    )
