"""Which topics link to which, worked out again from the words of the posts: `flask --app app check` holds and mends it.

An import ends with the same: a link may lead to a topic that came after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from forum.posts.check import Drift
from forum.search.actions import keep_links
from forum.search.queries.linking import OldTopics, link_drifts, linking_posts

BATCH = 200


def drifts(session: Session, old: OldTopics, *, repair: bool = False) -> Iterator[Drift]:
    """Every post of which other links are kept than it has; with `repair` (in a writing transaction) set right."""
    last_id = 0
    while posts := linking_posts(session, last_id, BATCH):
        last_id = posts[-1].post_id
        for off in keep_links(session, posts, old) if repair else link_drifts(session, posts, old):
            yield Drift("topic_links", off.post_id, sorted(off.kept), sorted(off.said))
