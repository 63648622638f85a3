"""Keeping drafts, by a script while one writes or by a button; one's drafts; and words that wait for their writer."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.conversations import queries as conversations
from forum.conversations.queries.spots import PLACES as MESSAGES
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, NotFound, SignInNeeded
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other, wants_fragment
from forum.core.words import gettext as _
from forum.drafts import actions, queries
from forum.drafts.actions import Stale
from forum.drafts.forms import attempt, forget_secret, sent_words, waiting_secrets
from forum.drafts.models import WaitingText
from forum.drafts.words import fields_of
from forum.permissions import Act, Actor, require
from forum.posts import queries as posts
from forum.posts.queries import Spot

blueprint = Blueprint("drafts", __name__)

PLACES = ("topic", "reply", "edit", *MESSAGES)


def _key() -> str:
    return f"drafts:{identity.actor().account_id or request.remote_addr}"


def _by_script() -> bool:
    return wants_fragment() or "application/json" in request.headers.get("Accept", "")


@blueprint.post("/drafts/<place>/<int:place_id>")
@limiter.limit("90/minute", key_func=_key)
def keep(place: str, place_id: int) -> Response:
    """Keep what stands in the form: a script hears how that went, everybody else is led back to the editor."""
    actor = identity.actor()
    if place not in PLACES:
        raise NotFound
    try:
        if actor.is_guest:
            raise SignInNeeded(_("You are not signed in any more: sign in in another tab, then keep the draft."))
        words, given, waited = sent_words(), attempt(), _waited()
        if not given.stamp and _is_out(actor, request.form.get("once", "")):
            return jsonify(stamp="", sentence="")  # the draft of what was posted a moment ago arrives late
        with transaction() as session:
            stamp = actions.keep(session, actor, place, place_id, words, given)
            if waited and stamp:
                actions.forget_waiting(session, actor, waited[0])
    except Stale as error:
        return _stale(place, place_id, error)
    except ForumError as error:
        if not _by_script():
            raise
        return _said(error)
    if waited and stamp:
        forget_secret(waited[0])
    if _by_script():
        return jsonify(stamp=stamp, sentence=_("Saved as a draft.") if stamp else "")
    flash(
        _("Kept as a draft. It is here when you come back.") if stamp else _("There is nothing to keep yet."), "success"
    )
    spot = _spots(actor, [(place, place_id)]).get((place, place_id))
    return see_other(spot.url if spot else url_for("drafts.drafts"))


def _spots(actor: Actor, places: list[tuple[str, int]]) -> dict[tuple[str, int], Spot]:
    return {**posts.spots(reading(), actor, places), **conversations.spots(reading(), actor, places)}


def _is_out(actor: Actor, once: str) -> bool:
    return posts.was_posted(reading(), actor, once) or conversations.was_sent(reading(), actor, once)


def _said(error: ForumError) -> Response:
    answer = jsonify(sentence=error.sentence)
    answer.status_code = error.status
    return answer


def _stale(place: str, place_id: int, error: Stale) -> Response:
    """Both texts, and nothing overwritten."""
    if _by_script():
        answer = jsonify(sentence=error.sentence, stamp=error.stamp, title=error.theirs.title, body=error.theirs.body)
        answer.status_code = error.status
        return answer
    actor = identity.actor()
    mine = sent_words()
    return render(
        "drafts/stale.html",
        status=error.status,
        sentence=error.sentence,
        stamp=error.stamp,
        theirs=error.theirs,
        mine=mine,
        fields=fields_of(mine),
        place=place,
        place_id=place_id,
        spot=_spots(actor, [(place, place_id)]).get((place, place_id)),
    )


@blueprint.get("/drafts")
def drafts() -> Response:
    """What one has begun and not published."""
    actor = identity.actor()
    require(actor, Act.KEEP_DRAFT)
    page = min(max(1, request.args.get("page", 1, type=int)), 1000)
    found, has_more = queries.drafts_of(reading(), actor, page)
    spots = _spots(actor, [(draft.place, draft.place_id) for draft in found])
    return render("drafts/drafts.html", drafts=found, spots=spots, page=page, has_more=has_more)


@blueprint.post("/drafts/<int:draft_id>/discard")
def discard(draft_id: int) -> Response:
    """Throw one away."""
    actor = identity.actor()
    with transaction() as session:
        actions.discard(session, actor, queries.own(session, actor, draft_id))
    flash(_("The draft is thrown away."), "success")
    return see_other(url_for("drafts.drafts"))


# ── written before joining ────────────────────────────────────────────────────────────────────────────────────────────


def _waited() -> tuple[str, WaitingText] | None:
    """The waiting text that the form was filled with, with its secret."""
    wanted = request.form.get("waiting", "")
    return next((pair for pair in _all_waiting() if str(pair[1].id) == wanted), None) if wanted else None


def _all_waiting() -> list[tuple[str, WaitingText]]:
    pairs = [(secret, queries.waiting(reading(), secret, clock.now())) for secret in waiting_secrets()]
    return [(secret, text) for secret, text in pairs if text is not None]


@blueprint.get("/waiting")
def waiting() -> Response:
    """Guests: what they wrote waits here, and the ways in. Who came in: back to the editor, with it in its place."""
    actor = identity.actor()
    texts = [text for _secret, text in _all_waiting()]
    spots: dict[tuple[str, int], Spot] = dict(
        posts.spots(reading(), actor, [(text.place, text.place_id) for text in texts])
    )
    first = next((spots[at] for text in texts if (at := (text.place, text.place_id)) in spots), None)
    if not actor.is_guest and first is not None:
        return see_other(first.url)
    return render("drafts/waiting.html", texts=texts, spots=spots)


@blueprint.post("/waiting/<int:text_id>/discard")
def discard_waiting(text_id: int) -> Response:
    """Throw one's waiting text away."""
    found = next((pair for pair in _all_waiting() if pair[1].id == text_id), None)
    if found is None:
        raise NotFound
    actor = identity.actor()
    with transaction() as session:
        actions.forget_waiting(session, actor, found[0])
    forget_secret(found[0])
    flash(_("The text is thrown away."), "success")
    return see_other(url_for("posts.home"))
