"""Where topics are linked from, once everything is here: links lead to topics that came later, and from other archives.

Every run goes through all of it, in batches with a transaction each where there is something to note: so a run that was
cut short is made up for by the next.
"""

from __future__ import annotations

from forum.core.db import reading, transaction
from forum.importers.queries import old_topics
from forum.search.actions import keep_links
from forum.search.queries.linking import link_drifts, linking_posts

BATCH = 500


def note_links() -> None:
    """Note which topics link to which. Opens transactions."""
    last_id = 0
    while posts := linking_posts(reading(), last_id, BATCH):
        last_id = posts[-1].post_id
        if link_drifts(reading(), posts, old_topics):
            with transaction() as session:
                keep_links(session, posts, old_topics)
