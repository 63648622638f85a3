"""Old links live: addresses of a forum that was brought in lead to the new places, for good.

Members' old addresses, `/u/<name>`, are found among their former names: see accounts. Our own topics stand at
`/t/<id>-<slug>`, one part; those of a Discourse forum at `/t/<slug>/<id>`, two or three. Its `/p/<id>` are written as
`/p/old/<id>` in what came with it.
"""

from __future__ import annotations

from flask import Blueprint
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading
from forum.core.web.typed import typed_number
from forum.importers import queries
from forum.posts.addresses import board_path, number_path, topic_path

blueprint = Blueprint("importers", __name__)

LARGEST = 2**31 - 1


@blueprint.get(f"/t/<slug>/<int(max={LARGEST}):topic_id>")
def topic(slug: str, topic_id: int) -> Response:
    """A topic; `/t/12/3` has no slug: there 12 is the topic."""
    if (number := typed_number(slug)) is not None:
        return _to_post(number, "", topic_id)
    return redirect(topic_path(queries.old_topic(reading(), identity.actor(), topic_id, slug)), 301)


@blueprint.get(f"/t/<slug>/<int(max={LARGEST}):topic_id>/<int(max={LARGEST}):number>")
def post(slug: str, topic_id: int, number: int) -> Response:
    """A post by its number in the topic, which it has kept."""
    return _to_post(topic_id, slug, number)


@blueprint.get(f"/p/old/<int(max={LARGEST}):post_id>")
def numbered_post(post_id: int) -> Response:
    """A post by the id that it had there: `/p/<id>` are our own."""
    found = queries.old_post(reading(), identity.actor(), post_id)
    return redirect(number_path(found.topic, found.number), 301)


@blueprint.get(f"/c/<path:slugs>/<int(max={LARGEST}):board_id>")
def board(slugs: str, board_id: int) -> Response:
    """A board, below another one or not."""
    return redirect(board_path(queries.old_board(reading(), identity.actor(), board_id).slug), 301)


def _to_post(topic_id: int, slug: str, number: int) -> Response:
    found = queries.old_topic(reading(), identity.actor(), min(topic_id, LARGEST), slug)
    return redirect(number_path(found, max(1, min(number, found.last_number))), 301)
