"""Keeping what was not found, and which topics link to which."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.db.dialect import insert_for, upsert
from forum.permissions import Act, Actor, require
from forum.search.misses import KEPT_FOR, MOST_KEPT
from forum.search.models import SearchMiss, TopicLink
from forum.search.queries.linking import LinkDrift, Linking, OldTopics, link_drifts


def remember_miss(session: Session, actor: Actor, term: str) -> None:
    """Count a term (of `misses.term_of`) that found nothing. Who asked is not kept."""
    require(actor, Act.ENTER)
    table = SearchMiss.__table__
    insert = insert_for(session, table).values(term=term, count=1, last_at=clock.now())  # type: ignore[arg-type]
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["term"], set_={"count": table.c.count + 1, "last_at": insert.excluded.last_at}
        )
    )


def forget_miss(session: Session, actor: Actor, term: str) -> None:
    """Take one term off the list: somebody has seen to it, or it is nothing."""
    require(actor, Act.ADMINISTER)
    session.execute(delete(SearchMiss).where(SearchMiss.term == term))


def forget_old_misses(session: Session, actor: Actor) -> None:
    """Keep the terms of the last three months, and of those the most asked for."""
    require(actor, Act.ADMINISTER)
    session.execute(delete(SearchMiss).where(SearchMiss.last_at < clock.now() - KEPT_FOR))
    ranked = select(SearchMiss.term).order_by(SearchMiss.count.desc(), SearchMiss.last_at.desc(), SearchMiss.term)
    beyond = session.scalars(ranked.offset(MOST_KEPT).limit(10_000)).all()
    session.execute(delete(SearchMiss).where(SearchMiss.term.in_(beyond)))


def keep_links(session: Session, posts: Sequence[Linking], old: OldTopics) -> list[LinkDrift]:
    """Note which other topics posts link to, and forget what they do not link to any more; what that changed. The same
    for a new post, an edited one, and many that came from elsewhere."""
    off = link_drifts(session, posts, old)
    gone = [(drift.post_id, topic_id) for drift in off for topic_id in drift.kept - drift.said]
    for post_id, topic_id in gone:
        session.execute(delete(TopicLink).where(TopicLink.from_post_id == post_id, TopicLink.to_topic_id == topic_id))
    rows = [
        {"from_post_id": drift.post_id, "to_topic_id": topic_id}
        for drift in off
        for topic_id in sorted(drift.said - drift.kept)
    ]
    upsert(session, TopicLink.__table__, rows, key=["from_post_id", "to_topic_id"])  # type: ignore[arg-type]
    return off
