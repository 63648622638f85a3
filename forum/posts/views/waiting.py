"""What was written before joining: it waits here, as it will look, until its writer has come in."""

from __future__ import annotations

from flask import flash, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import NotFound
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.drafts import actions as drafts
from forum.drafts import forms as keeping
from forum.posts import queries
from forum.posts.views import blueprint


@blueprint.get("/waiting")
def waiting() -> Response:
    """Who cannot post yet sees what waits, and the ways in. Who came in: back to the editor, with it in its place."""
    actor = identity.actor()
    texts = [text for _secret, text in keeping.waiting_texts()]
    spots = queries.spots(reading(), actor, [(text.place, text.place_id) for text in texts])
    placed = [(text, spots.get((text.place, text.place_id))) for text in texts]
    first = next((spot for _text, spot in placed if spot is not None), None)
    if actor.is_confirmed and not actor.only_reads and first is not None:
        return see_other(first.url)
    return render("posts/waiting.html", texts=placed, is_placed=first is not None)


@blueprint.post("/waiting/<int:text_id>/discard")
def discard_waiting(text_id: int) -> Response:
    """Throw one's waiting text away."""
    actor = identity.actor()
    secret = next((secret for secret, text in keeping.waiting_texts() if text.id == text_id), None)
    if secret is None:
        raise NotFound
    with transaction() as session:
        drafts.forget_waiting(session, actor, secret)
    keeping.forget_secret(secret)
    flash(_("The text is thrown away."), "success")
    return see_other(url_for("posts.home"))
