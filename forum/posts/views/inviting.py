"""Asking somebody to answer, and what who was asked can say: not me, but …; or rather not."""

from __future__ import annotations

from flask import flash, request
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, Invalid, NotFound, TooSoon
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.permissions import Act, require
from forum.posts import actions, queries
from forum.posts.addresses import topic_path
from forum.posts.models import Topic
from forum.posts.views import blueprint


@blueprint.get("/t/<int:topic_id>/ask")
def ask(topic_id: int) -> Response:
    """Who could answer this?"""
    topic = _question(topic_id)
    require(identity.actor(), Act.ASK_TO_ANSWER, topic)
    return _page(topic)


@blueprint.post("/t/<int:topic_id>/ask")
def ask_to_answer(topic_id: int) -> Response:
    """Ask them."""
    actor, name = identity.actor(), request.form.get("name", "")
    require(actor, Act.ASK_TO_ANSWER, queries.topic(reading(), actor, topic_id))
    try:
        person_id = _named(name)
        with transaction() as session:
            topic = queries.topic_for_update(session, actor, topic_id)
            person = session.get_one(Account, person_id)
            actions.ask_to_answer(session, actor, topic, person)
            said = _("%(name)s is asked. They may answer, name somebody else, or not.", name=person.shown_name)
    except (Invalid, TooSoon) as error:
        return _page(_question(topic_id), error=error, name=name)
    flash(said, "success")
    return see_other(topic_path(topic))


@blueprint.get("/t/<int:topic_id>/not-me")
def not_me(topic_id: int) -> Response:
    """Not me, but who?"""
    topic = _question(topic_id)
    if not topic.asked_by:
        raise NotFound
    return _page(topic, asked=True)


@blueprint.post("/t/<int:topic_id>/not-me")
def hand_on(topic_id: int) -> Response:
    """Them."""
    actor, name = identity.actor(), request.form.get("name", "")
    require(actor, Act.ASK_TO_ANSWER, queries.topic(reading(), actor, topic_id))
    try:
        person_id = _named(name)
        with transaction() as session:
            topic = queries.topic_for_update(session, actor, topic_id)
            own = queries.own_invitation(session, actor, topic)
            person = session.get_one(Account, person_id)
            actions.hand_on(session, actor, topic, own, person)
            said = _("%(name)s is asked in your place. Thank you.", name=person.shown_name)
    except (Invalid, TooSoon) as error:
        return _page(_question(topic_id), error=error, name=name, asked=True)
    flash(said, "success")
    return see_other(topic_path(topic))


@blueprint.post("/t/<int:topic_id>/rather-not")
def decline(topic_id: int) -> Response:
    """Quietly."""
    actor = identity.actor()
    with transaction() as session:
        topic = queries.topic_for_update(session, actor, topic_id)
        actions.decline_invitation(session, actor, queries.own_invitation(session, actor, topic))
    flash(_("That is fine, and nobody is told."), "success")
    return see_other(topic_path(topic))


def _question(topic_id: int) -> Topic:
    topic = queries.topic(reading(), identity.actor(), topic_id)
    if topic.board.kind != "question":
        raise NotFound
    return topic


def _named(name: str) -> int:
    found = accounts.by_name(reading(), name.strip().removeprefix("@"))
    if found is None:
        raise Invalid(_("There is nobody of this name."), "name")
    return found.id


def _page(topic: Topic, *, error: ForumError | None = None, name: str = "", asked: bool = False) -> Response:
    actor = identity.actor()
    return render(
        "posts/ask_to_answer.html",
        status=error.status if error else 200,
        topic=topic,
        suggestions=queries.suggestions(reading(), actor, topic),
        error=error,
        name=name,
        asked=asked,
    )
