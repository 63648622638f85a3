"""Drafts behind the editors: what one is filled with when it is opened, what becomes of it when it is published, and
what guests write before they join."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forum import identity
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid
from forum.core.web import traps
from forum.core.web.pages import see_other, wants_fragment
from forum.core.words import gettext as _
from forum.drafts import actions as drafts
from forum.drafts import forms as keeping
from forum.drafts import queries
from forum.drafts.forms import Keeping
from forum.drafts.models import Draft, WaitingText
from forum.drafts.sequence import Attempt
from forum.permissions import Actor
from forum.posts.addresses import topic_path
from forum.posts.models import Topic
from forum.posts.views.rendering import written
from forum.shields.counting import counted

Filled = tuple[Keeping, MultiDict[str, str] | None]


def opened_at(place: str, place_id: int, draft: Draft | None) -> Filled:
    """What an editor that is opened carries, and the form data that it is filled with, if any: the draft that is kept
    there, or what was written before signing in, whichever is later."""
    waiting = _waiting_at(place, place_id)
    if waiting is not None and (draft is None or draft.updated_at < waiting[1].created_at):
        return keeping.opened(place, place_id, None, waiting[1]), keeping.as_form(waiting[1])
    return keeping.opened(place, place_id, draft), keeping.as_form(draft) if draft is not None else None


def draft_at(place: str, place_id: int) -> Draft | None:
    """The draft that the reader has there."""
    return queries.draft(reading(), identity.actor(), place, place_id)


def settle(session: Session, actor: Actor, place: str, place_id: int) -> None:
    """In the transaction that publishes the form: its draft, and the text that waited in it, are done with."""
    drafts.settle(session, actor, place, place_id, keeping.attempt())
    for secret in keeping.waiting_secrets() if "waiting" in request.form else ():
        waiting = queries.waiting(session, secret, clock.now())
        if waiting is not None and str(waiting.id) == request.form["waiting"]:
            drafts.forget_waiting(session, actor, secret)


def to_drafts(actor: Actor, place: str, place_id: int) -> bool:
    """Keep the form that was sent as a draft. Where another tab has kept a later one, that one stays: then it is not
    kept, and False."""
    words, attempt = keeping.sent_words(), keeping.attempt()
    try:
        with transaction() as session:
            drafts.keep(session, actor, place, place_id, words, attempt)
    except Conflict:
        return False  # they stand in the form that comes back
    return True


ASIDE = "aside"
"""Where an answer is kept while its writer asks back: a place of its own, so that the question does not replace it."""


def place_sent() -> str:
    """Where the draft of the reply form that was sent belongs."""
    return ASIDE if ASIDE in request.form else "reply"


def put_aside(actor: Actor, topic_id: int) -> None:
    """Keep the answer in the form that was sent for later. Conflict where another one is kept so already."""
    words, attempt = keeping.sent_words(), keeping.attempt()
    with transaction() as session:
        if ASIDE in request.form:
            drafts.keep(session, actor, ASIDE, topic_id, words, attempt)
            return
        if words.is_empty:
            return
        if queries.draft(session, actor, ASIDE, topic_id) is not None:
            raise Conflict(_("You have put an answer aside here already. Take it back first, or post this."))
        drafts.keep(session, actor, ASIDE, topic_id, words, Attempt(""))
        drafts.settle(session, actor, "reply", topic_id, attempt)


def aside_path(topic: Topic) -> str:
    """Where an answer that was put aside is taken back."""
    return f"{topic_path(topic)}?{ASIDE}=1#reply"


def _waiting_at(place: str, place_id: int) -> tuple[str, WaitingText] | None:
    here = (pair for pair in keeping.waiting_texts() if (pair[1].place, pair[1].place_id) == (place, place_id))
    return next(here, None)


def is_waiting_at(place: str, place_id: int) -> bool:
    """Whether the visitor wrote something there before signing in."""
    return _waiting_at(place, place_id) is not None


def _html(source: str) -> str:
    """As it will look, rendered once: a guest may look at it as often as they like. Empty where it cannot be taken."""
    try:
        return written(source).rendered.html
    except Invalid:
        return ""


def let_wait(actor: Actor, place: str, place_id: int) -> Response:
    """Keep what a guest wrote, and show them the ways in. What it replaces goes. Programs are sent away."""
    traps.check(request.form)
    words, before = keeping.sent_words(), _waiting_at(place, place_id)
    html = _html(words.body)
    with counted(), transaction() as session:
        secret = drafts.let_wait(session, actor, place, place_id, words, html, request.remote_addr or "")
        if before is not None:
            drafts.forget_waiting(session, actor, before[0])
    if before is not None:
        keeping.forget_secret(before[0])
    keeping.remember_waiting(secret)
    if not wants_fragment():
        return see_other(url_for("posts.waiting"))
    answer = FlaskResponse()
    answer.headers["HX-Redirect"] = url_for("posts.waiting")
    return answer
