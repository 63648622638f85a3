"""Saying whether one comes, and calendars to follow."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, make_response, request
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import queries as boards
from forum.core.db import reading, transaction
from forum.core.errors import NotFound, Refused, SignInNeeded
from forum.core.web.pages import render, see_other, wants_fragment
from forum.core.web.running import settings
from forum.core.words import gettext as _
from forum.gatherings import actions, queries
from forum.gatherings.icalendar import MIMETYPE, calendar
from forum.posts import queries as posts
from forum.posts.addresses import number_path

blueprint = Blueprint("gatherings", __name__)

KEPT_S = 900


@blueprint.post("/t/<int:topic_id>/attend")
def attend(topic_id: int) -> Response:
    """Yes, maybe, no."""
    actor = identity.actor()
    with transaction() as session:
        topic = posts.topic_for_update(session, actor, topic_id)
        actions.attend(session, actor, topic, request.form.get("answer", ""))
    if not wants_fragment():
        return see_other(number_path(topic, 1))
    session = reading()
    topic = posts.topic(session, actor, topic_id)
    gathering = queries.gathering(session, actor, topic)
    return render("gatherings/answer.html", fragment="answer", topic=topic, gathering=gathering)


@blueprint.get("/t/<int:topic_id>/attendance")
def attendance(topic_id: int) -> Response:
    """Everybody who answered, for members."""
    session, actor = reading(), identity.actor()
    topic = posts.topic(session, actor, topic_id)
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to see who comes."))
    if not actor.sees_people:
        raise Refused(_("Members see who comes."))
    if topic.starts_at is None:
        raise NotFound
    found = queries.gathering(session, actor, topic, queries.MOST_NAMED)
    return render("gatherings/attendance.html", topic=topic, gathering=found)


@blueprint.get("/t/<int:topic_id>/event.ics")
def event(topic_id: int) -> Response:
    """One event for a calendar."""
    session = reading()
    topic = posts.topic(session, identity.actor(), topic_id)
    entry = queries.entry_of(session, topic, settings().base_url, _host())
    if entry is None:
        raise NotFound
    return _calendar(calendar([entry]), f"{topic.slug}.ics")


@blueprint.get("/b/<slug>/events.ics")
def board(slug: str) -> Response:
    """The events of a board, to be followed by a calendar: without signing in, where guests may read the board."""
    session, actor = reading(), identity.actor()
    found = boards.board_by_slug(session, actor, slug)
    if found.kind != "event":
        raise NotFound
    entries = queries.entries_of(session, actor, found, settings().base_url, _host())
    return _calendar(calendar(entries, found.name), f"{found.slug}.ics")


def _host() -> str:
    return urlsplit(settings().base_url).hostname or "localhost"


def _calendar(text: str, name: str) -> Response:
    answer = make_response(text)
    answer.mimetype = MIMETYPE
    answer.headers["Content-Disposition"] = (
        f'inline; filename="{name.encode("ascii", "ignore").decode() or "event.ics"}"'
    )
    answer.headers["Cache-Control"] = f"{'public' if identity.actor().is_guest else 'private'}, max-age={KEPT_S}"
    answer.headers["Vary"] = "Cookie"
    answer.add_etag()
    return answer.make_conditional(request)
