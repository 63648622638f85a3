"""Saved replies in the editor of a topic: filled in where they are to stand. What a post is for, its writer says."""

from __future__ import annotations

from flask import Response, request

from forum import identity
from forum.core.db import reading
from forum.core.errors import NotFound
from forum.core.web.typed import typed_number
from forum.organization.queries import saved
from forum.organization.saved_replies import filled
from forum.permissions import Act, Actor, require
from forum.posts import queries
from forum.posts.models import Topic
from forum.posts.views import blueprint


@blueprint.get("/t/<int(max=2147483647):topic_id>/saved-reply")
def saved_reply(topic_id: int) -> Response:
    """The text of one, for the editor to put where its cursor is."""
    actor = identity.actor()
    topic = queries.topic(reading(), actor, topic_id)
    require(actor, Act.REPLY, topic)
    text = inserted(actor, topic, request.args.get("saved", ""), request.args.get("reply_to", ""))
    return Response(text, mimetype="text/plain")


def inserted(actor: Actor, topic: Topic, chosen: str, reply_to: str) -> str:
    """The saved reply that was chosen, filled in; NotFound."""
    number = typed_number(chosen)
    if number is None:
        raise NotFound
    row = saved.saved_reply(reading(), actor, number)
    belonging = actor.belonging
    values = {
        "member": _member(actor, topic, typed_number(reply_to)),
        "topic": topic.title,
        "board": topic.board.name,
        "me": actor.display_name or actor.name,
        "organization": belonging.organization if belonging is not None else "",
    }
    return filled(row.source, values)


def _member(actor: Actor, topic: Topic, post_id: int | None) -> str:
    """Whom one answers: the author of the post, else of the topic."""
    author = topic.author
    if post_id is not None:
        try:
            post = queries.post(reading(), actor, post_id)
        except NotFound:
            post = None
        if post is not None and post.topic_id == topic.id:
            author = post.author
    return author.shown_name if author is not None else ""
