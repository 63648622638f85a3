"""What an editor's form carries of its draft, and how a draft becomes a form again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import flask
from flask import request
from werkzeug.datastructures import MultiDict

from forum.core import clock
from forum.core.db import reading
from forum.drafts import queries
from forum.drafts.actions import said
from forum.drafts.models import Draft, WaitingText
from forum.drafts.sequence import Attempt
from forum.drafts.words import Words, fields_of, words_of

# Where the cookie keeps the secrets of texts that wait for their writer to sign in, the latest last.
COOKIE = "waiting"
MOST_WAITING = 3


@dataclass(frozen=True)
class Keeping:
    """The draft behind an editor: where it belongs, and what the form has seen of it."""

    place: str
    place_id: int
    stamp: str = ""
    tab: str = ""
    kept_at: datetime | None = None
    draft_id: int | None = None
    # The text that waited for its writer, and stands in this form.
    waiting_id: int | None = None


def opened(place: str, place_id: int, draft: Draft | None, waiting: WaitingText | None = None) -> Keeping:
    """For an editor that is opened: empty, with its draft, or with what was written before signing in."""
    tab = secrets.token_urlsafe(9)
    if waiting is not None:
        return Keeping(place, place_id, tab=tab, waiting_id=waiting.id)
    if draft is None:
        return Keeping(place, place_id, tab=tab)
    return Keeping(place, place_id, draft.stamp, tab, draft.updated_at, draft.id)


def as_sent(place: str, place_id: int) -> Keeping:
    """For an editor that comes back: what its form said."""
    given = attempt()
    waiting = request.form.get("waiting", "")
    waiting_id = int(waiting) if waiting.isascii() and waiting.isdigit() and len(waiting) < 10 else None
    return Keeping(place, place_id, given.stamp, given.tab or secrets.token_urlsafe(9), waiting_id=waiting_id)


def attempt() -> Attempt:
    """What the form that was sent has seen, and who it is."""
    tick = request.form.get("tick", "")
    by_script = tick.isascii() and tick.isdigit() and len(tick) < 16
    return Attempt(
        request.form.get("draft", "")[:40], request.form.get("tab", "")[:40], int(tick) if by_script else None
    )


def sent_words() -> Words:
    """The words in the form that was sent; raises Invalid when they are too many."""
    return words_of(request.form.items(multi=True))


def as_form(found: Draft | WaitingText) -> MultiDict[str, str]:
    """Kept words as the data of a form."""
    return MultiDict(fields_of(said(found)))


def waiting_secrets() -> list[str]:
    """The secrets in the cookie, the latest first."""
    held = flask.session.get(COOKIE)
    return [secret for secret in reversed(held) if isinstance(secret, str)] if isinstance(held, list) else []


def waiting_texts() -> list[tuple[str, WaitingText]]:
    """What waits for the visitor, each with its secret, the latest first."""
    pairs = [(secret, queries.waiting(reading(), secret, clock.now())) for secret in waiting_secrets()]
    return [(secret, text) for secret, text in pairs if text is not None]


def remember_waiting(secret: str) -> None:
    """Put one more into the cookie."""
    flask.session[COOKIE] = [*reversed(waiting_secrets()), secret][-MOST_WAITING:]


def forget_secret(secret: str) -> None:
    """Take one out of the cookie."""
    left = [held for held in reversed(waiting_secrets()) if held != secret]
    if left:
        flask.session[COOKIE] = left
    else:
        flask.session.pop(COOKIE, None)
