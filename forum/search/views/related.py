"""Topics alike a topic: a part of its page that arrives after it, or a page by itself."""

from __future__ import annotations

from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading
from forum.core.web.limits import limiter
from forum.core.web.pages import render
from forum.posts import queries as posts
from forum.search import queries
from forum.search.views import blueprint
from forum.search.views.results import who


@blueprint.get("/t/<int:topic_id>/related")
@limiter.limit("120/minute", key_func=who)
def related(topic_id: int) -> Response:
    """The topics whose titles say much the same, and those that link to it."""
    session, actor = reading(), identity.actor()
    topic = posts.topic(session, actor, topic_id)
    like = queries.similar(session, actor, topic.title, without=topic.id)
    links = queries.linked_from(session, actor, topic)
    answer = render("search/related.html", fragment="related", topic=topic, related=like, linked_from=links)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
