"""The page on which somebody says what is no longer true."""

from __future__ import annotations

from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading
from forum.core.errors import Invalid
from forum.core.web.pages import render
from forum.permissions import Act, require
from forum.posts import doubts, queries
from forum.posts.views import blueprint


@blueprint.get("/p/<int:post_id>/doubt")
def say_doubt(post_id: int) -> Response:
    """What is no longer true?"""
    return doubt_page(post_id)


def doubt_page(post_id: int, sentence: str = "", error: Invalid | None = None) -> Response:
    """The page, with what was typed and what was said to it."""
    actor = identity.actor()
    post = queries.post(reading(), actor, post_id)
    require(actor, Act.DOUBT, post)
    return render(
        "posts/doubt.html",
        status=error.status if error else 200,
        post=post,
        topic=post.topic,
        sentence=sentence,
        error=error,
        longest=doubts.LONGEST,
    )
