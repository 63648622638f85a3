"""Reading a topic, and the links that lead into one."""

from __future__ import annotations

from flask import url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading
from forum.core.errors import Gone, NotFound
from forum.core.web.pages import render, see_other
from forum.posts import queries, wording
from forum.posts.addresses import number_path, topic_path
from forum.posts.models import Post
from forum.posts.views import blueprint
from forum.posts.views.asking import asked_number, asked_page, moved
from forum.posts.views.showing import show_topic


@blueprint.get("/t/<int:topic_id>")
@blueprint.get("/t/<int:topic_id>-<slug>")
def topic(topic_id: int, slug: str = "") -> Response:
    """A page of a topic; a slug that is not (any more) its own leads to the one that is."""
    try:
        page = queries.topic_page(reading(), identity.actor(), topic_id, asked_page())
    except NotFound:
        if (opening := queries.moved_opening(reading(), identity.actor(), topic_id)) is not None:
            return redirect(number_path(opening.topic, opening.number), 302)  # it may be undone
        if (stub := queries.removed(reading(), identity.actor(), topic_id=topic_id)) is not None:
            return _stub(stub)
        if queries.was_deleted(reading(), identity.actor(), topic_id):
            raise Gone from None
        raise
    if slug != page.topic.slug:
        return moved(topic_path(page.topic))
    return show_topic(page, fragment="arrived" if asked_number("after") else "")


@blueprint.get("/t/<int:topic_id>/unread", defaults={"slug": ""})
@blueprint.get("/t/<int:topic_id>-<slug>/unread")
def first_unread(topic_id: int, slug: str) -> Response:
    """Where the member stopped reading."""
    session, actor = reading(), identity.actor()
    found = queries.topic(session, actor, topic_id)
    return see_other(number_path(found, queries.first_unread(session, actor, found)))


@blueprint.get("/p/<int:post_id>")
def post(post_id: int) -> Response:
    """The permanent link: to wherever the post stands now."""
    actor = identity.actor()
    try:
        found = queries.post(reading(), actor, post_id)
    except NotFound:
        stub = queries.removed(reading(), actor, post_id=post_id)
        if stub is None:
            raise
        if stub.topic.deleted_at is not None:
            return _stub(stub)
        if actor.account_id is not None and stub.author_id == actor.account_id:
            return see_other(url_for("moderation.about_whole_post", post_id=post_id))
        raise
    return redirect(number_path(found.topic, found.number), 302)


def _stub(post: Post) -> Response:
    """A topic that moderators took away: nothing of its words, but by which rule; to its author, where to object."""
    return render("posts/removed.html", status=410, post=post, wording=wording)
