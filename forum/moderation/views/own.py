"""One's own flags."""

from __future__ import annotations

from flask import flash, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import Invalid
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.moderation import actions, queue_words, subjects
from forum.moderation.queries import own
from forum.moderation.views import blueprint
from forum.moderation.views.queue import page_number


@blueprint.get("/flags")
def own_flags() -> Response:
    """What the reader told the moderators, and what became of it."""
    return render(
        "moderation/flags.html", found=own.own_flags(reading(), identity.actor(), page_number()), words=queue_words
    )


@blueprint.post("/flags/<int(max=2147483647):flag_id>/take-back")
def take_back(flag_id: int) -> Response:
    """It was all right after all."""
    actor = identity.actor()
    try:
        with transaction() as session:
            flag = own.own_flag(session, actor, flag_id)
            actions.take_flag_back(session, actor, subjects.load(session, flag.subject_kind, flag.subject_id))
    except Invalid as error:
        flash(error.sentence, "error")
    else:
        flash(_("Taken back. Thank you for looking again."), "success")
    return see_other(url_for("moderation.own_flags"))
