"""What a member sees who is asked to take part, and their answer."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, SignInNeeded
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.organization import wording
from forum.posts.addresses import topic_path
from forum.seeding import actions, queries
from forum.seeding.views import blueprint
from forum.seeding.views.showing import ID, at_board, shown_words


@blueprint.get(f"/taking-part/<{ID}:seed_id>")
def invitation(seed_id: int) -> Response:
    """What it is about, when, and the two answers."""
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to answer."))
    row, mine = queries.asked_of(reading(), actor, seed_id)
    if row.topic is not None and row.topic.deleted_at is None:
        return see_other(topic_path(row.topic))
    html = shown_words(reading(), actor, row)
    return render("seeding/invitation.html", seed=row, mine=mine, html=html, wording=wording, at_board=at_board)


@blueprint.post(f"/taking-part/<{ID}:seed_id>")
def answer(seed_id: int) -> Response:
    """Yes, or rather not."""
    actor = identity.actor()
    try:
        with transaction() as session:
            row, mine = queries.asked_of(session, actor, seed_id, lock=True)
            if request.form.get("version", str(row.version)) != str(row.version):
                raise Conflict(_("It was changed while you read it. Look once more, and answer then."))
            actions.answer(session, actor, row, mine, request.form.get("answer", ""))
            said = mine.answer
    except Conflict as error:
        flash(error.sentence, "error")
    else:
        flash(_("Thank you! You are told when it is there.") if said == "yes" else _("Noted. Nobody minds."), "success")
    return see_other(url_for("seeding.invitation", seed_id=seed_id))
