"""Keeping drafts, by a script while one writes or by a button; and one's drafts."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.conversations import queries as conversations
from forum.conversations.queries.spots import PLACES as MESSAGES
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, NotFound, SignInNeeded
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other, wants_fragment
from forum.core.words import gettext as _
from forum.drafts import actions, queries
from forum.drafts.actions import Stale
from forum.drafts.forms import attempt, forget_secret, sent_words, waiting_texts
from forum.drafts.models import WaitingText
from forum.drafts.words import Words, fields_of
from forum.permissions import Act, Actor, require
from forum.posts import queries as posts
from forum.posts.queries import Spot
from forum.scheduling import queries as scheduling

blueprint = Blueprint("drafts", __name__)

PLACES = ("topic", "reply", "edit", scheduling.DRAFTS, *MESSAGES)


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
    return {
        at: spot
        for who in (posts, conversations, scheduling)
        for at, spot in who.spots(reading(), actor, places).items()
    }


def _is_out(actor: Actor, once: str) -> bool:
    return (
        posts.was_posted(reading(), actor, once)
        or conversations.was_sent(reading(), actor, once)
        or scheduling.was_scheduled(reading(), actor, once)
        or posts.was_held(reading(), actor, once)
    )


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
    """Throw one away. The page that says so still holds the words: one press brings them back."""
    actor = identity.actor()
    with transaction() as session:
        draft = queries.own(session, actor, draft_id)
        actions.discard(session, actor, draft)
    words = Words(draft.title, draft.body, draft.rest)
    return render(
        "drafts/thrown_away.html", words=words, fields=fields_of(words), place=draft.place, place_id=draft.place_id
    )


def _waited() -> tuple[str, WaitingText] | None:
    """The text that waited for its writer to sign in and fills the form, with its secret."""
    wanted = request.form.get("waiting", "")
    return next((pair for pair in waiting_texts() if str(pair[1].id) == wanted), None) if wanted else None
