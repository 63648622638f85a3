"""Voting for an idea, and having the same question: one button, and it can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import kinds
from forum.core.db import reading, transaction
from forum.core.web.pages import render, see_other, wants_fragment
from forum.permissions import Actor
from forum.posts import actions, queries
from forum.posts.addresses import topic_path
from forum.posts.models import Topic
from forum.posts.queries.reading import reader
from forum.posts.views import blueprint

Verb = Callable[[Session, Actor, Topic], None]


def _do(topic_id: int, verb: Verb) -> Response:
    actor = identity.actor()
    with transaction() as session:
        verb(session, actor, queries.topic_for_update(session, actor, topic_id))
    topic = queries.topic(reading(), actor, topic_id)
    if not wants_fragment():
        return see_other(f"{topic_path(topic)}#backing")
    level = reader(reading(), actor, topic).level
    return render("posts/backed.html", fragment="backing", topic=topic, kind=kinds.kind(topic.board.kind), level=level)


@blueprint.post("/t/<int:topic_id>/vote")
def vote(topic_id: int) -> Response:
    """Be for an idea."""
    return _do(topic_id, actions.vote)


@blueprint.post("/t/<int:topic_id>/unvote")
def unvote(topic_id: int) -> Response:
    """Not any more."""
    return _do(topic_id, actions.unvote)


@blueprint.post("/t/<int:topic_id>/too")
def have_too(topic_id: int) -> Response:
    """Have the same question."""
    return _do(topic_id, actions.have_too)


@blueprint.post("/t/<int:topic_id>/not-too")
def have_no_more(topic_id: int) -> Response:
    """Have it no more."""
    return _do(topic_id, actions.have_no_more)
