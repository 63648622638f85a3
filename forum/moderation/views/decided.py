"""What was decided lately, and taking it back."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.moderation import actions, queries, queue_words
from forum.moderation.forms import UndoForm
from forum.moderation.queries.decided import decided as decisions
from forum.moderation.views import blueprint
from forum.moderation.views.queue import page_number


@blueprint.get("/moderation/decided")
def decided() -> Response:
    """The latest decisions on what the reader looks after."""
    return _page()


@blueprint.post("/moderation/decisions/<int(max=2147483647):decision_id>/undo")
def undo(decision_id: int) -> Response:
    """Everything is as before, and what waited waits again."""
    actor, form = identity.actor(), UndoForm()
    why = (form.why.data or "").strip()
    try:
        with transaction() as session:
            found = queries.decision_for_update(session, actor, decision_id)
            if not why:
                raise Invalid(_("Say why: whom it concerned reads it."), "why")
            actions.undo(session, actor, found, why)
            case_id = found.case_id
    except (Invalid, Conflict) as error:
        flash(error.sentence, "error")
        return _page(refused=decision_id, why=why, status=error.status)
    flash(_("Taken back: everything is as it was before."), "success")
    if case_id is None:
        return see_other(url_for("moderation.decided"))
    return see_other(url_for("moderation.case", case_id=case_id))


def _page(*, refused: int = 0, why: str = "", status: int = 200) -> Response:
    mine = request.args.get("show") == "mine"
    found = decisions(reading(), identity.actor(), mine=mine, page=page_number())
    return render(
        "moderation/decided.html", status=status, found=found, mine=mine, refused=refused, why=why, words=queue_words
    )
