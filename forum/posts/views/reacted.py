"""Who reacted to a post."""

from __future__ import annotations

from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading
from forum.core.errors import Refused, SignInNeeded
from forum.core.web.pages import render
from forum.core.words import gettext as _
from forum.posts import queries, wording
from forum.posts.queries.reacted import who_reacted
from forum.posts.views import blueprint


@blueprint.get("/p/<int:post_id>/reactions")
def reactions(post_id: int) -> Response:
    """Everybody by name, for members."""
    actor = identity.actor()
    post = queries.post(reading(), actor, post_id)
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to see who reacted."))
    if not actor.sees_people:
        raise Refused(_("Members see who reacted."))
    return render(
        "posts/reactions.html", post=post, topic=post.topic, reacted=who_reacted(reading(), post), wording=wording
    )
