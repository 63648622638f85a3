"""What one was thanked for, and what of it others may see."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import SignInNeeded
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.recognition import actions, queries
from forum.recognition.views import blueprint

_ID = "int(max=2147483647)"


@blueprint.get("/settings/thanks")
def own() -> Response:
    """Nobody else reads this page."""
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to see who thanked you."))
    page = queries.received(reading(), actor, request.args.get("page", 1, type=int))
    return render("recognition/own.html", received=page)


@blueprint.post(f"/settings/thanks/<{_ID}:recognition_id>")
def answer(recognition_id: int) -> Response:
    """Yes or no; another time, the other way round."""
    actor, is_public = identity.actor(), request.form.get("public") == "yes"
    with transaction() as session:
        row = queries.own_recognition(session, actor, recognition_id)
        actions.answer(session, actor, row, is_public=is_public)
    flash(_("It stands on your profile now.") if is_public else _("It stays between us."), "success")
    return see_other(url_for("recognition.own"))


@blueprint.post("/settings/thanks/hide")
def hide() -> Response:
    """None of them any more."""
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to see who thanked you."))
    with transaction() as session:
        count = actions.hide_all(session, actor)
    flash(ngettext("%(num)s recognition is private now.", "%(num)s recognitions are private now.", count), "success")
    return see_other(url_for("recognition.own"))
