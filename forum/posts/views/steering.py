"""Saying how far an idea is, and merging duplicates. The reason is rendered first, and comes back when refused."""

from __future__ import annotations

from flask import flash, request
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import kinds
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, NotFound
from forum.core.web.pages import render, see_other
from forum.core.web.typed import pasted_topic
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts import actions, ideas, queries, wording
from forum.posts.addresses import link, topic_path
from forum.posts.drafts import Written
from forum.posts.models import Topic
from forum.posts.views import blueprint
from forum.posts.views.asking import asked_number
from forum.posts.views.rendering import written


@blueprint.get("/t/<int:topic_id>/state")
def steer(topic_id: int) -> Response:
    """The page on which an idea's state is changed, or the idea merged."""
    return _steer(_idea(topic_id))


@blueprint.post("/t/<int:topic_id>/state")
def change_state(topic_id: int) -> Response:
    """It is in another state, and why."""
    topic = _idea(topic_id)
    try:
        reason = _reason()
        with transaction() as session:
            actor = identity.actor()
            topic = queries.topic_for_update(session, actor, topic_id)
            actions.change_state(session, actor, topic, request.form.get("state", ""), reason)
    except Invalid as error:
        return _steer(_idea(topic_id), error)
    flash(_("Everybody who follows the idea will hear of it."), "success")
    return see_other(topic_path(topic))


@blueprint.post("/t/<int:topic_id>/merge")
def merge(topic_id: int) -> Response:
    """It is a duplicate: its voters go to the other one."""
    topic = _idea(topic_id)
    try:
        target = _target(topic)
        reason, told = _reason(target), _reason(topic)
        with transaction() as session:
            actor = identity.actor()
            topic, target = queries.topics_for_update(session, actor, topic_id, target.id)
            actions.merge_idea(session, actor, topic, target, reason, told)
    except Invalid as error:
        return _steer(_idea(topic_id), error, form="merge")
    flash(_("Merged: whoever voted for it votes for “%(title)s” now.", title=target.title), "success")
    return see_other(topic_path(target))


@blueprint.post("/t/<int:topic_id>/unmerge")
def unmerge(topic_id: int) -> Response:
    """They are two ideas after all."""
    topic = _idea(topic_id)
    if topic.duplicate_of_id is None:
        raise Invalid(_("These two are not merged."))
    target_id = topic.duplicate_of_id
    try:
        reason = _reason()
        with transaction() as session:
            actor = identity.actor()
            topic, target = queries.topics_for_update(session, actor, topic_id, target_id)
            actions.unmerge_idea(session, actor, topic, target, reason)
    except Invalid as error:
        return _steer(_idea(topic_id), error)
    flash(_("They are two ideas again, each with its own votes."), "success")
    return see_other(topic_path(topic))


def _idea(topic_id: int) -> Topic:
    actor = identity.actor()
    topic = queries.topic(reading(), actor, topic_id)
    if topic.board.kind != "idea":
        raise NotFound
    require(actor, Act.STEER_IDEA, topic)
    return topic


def _reason(other: Topic | None = None) -> Written:
    """Why, rendered; it names the other idea, where there is one."""
    source = ideas.checked_reason(request.form.get("reason", ""))
    if other is None:
        return written(source)
    return written(f"{link(other.title, topic_path(other))}\n\n{source}")


def _target(topic: Topic) -> Topic:
    pasted = pasted_topic(request.form.get("pasted", ""))
    target_id = pasted if pasted is not None else asked_number("target")
    if target_id is None:
        raise Invalid(_("Choose the idea that this one is a duplicate of."), "target")
    try:
        return queries.topic(reading(), identity.actor(), target_id)
    except NotFound:
        raise Invalid(_("That idea is not there any more."), "target") from None


def _steer(topic: Topic, error: Invalid | None = None, form: str = "state") -> Response:
    actor: Actor = identity.actor()
    return render(
        "posts/steer_idea.html",
        status=error.status if error else 200,
        topic=topic,
        kind=kinds.kind(topic.board.kind),
        page_states=ideas.CHOICES,
        beside=queries.similar_ideas(reading(), actor, topic) if topic.idea_state != ideas.DUPLICATE else (),
        wording=wording,
        error=error,
        refused=form if error else "",
        typed=request.form,
    )
