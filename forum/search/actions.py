"""Keeping what was not found, and which topics link to which."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.db.dialect import insert_for, upsert
from forum.permissions import Act, Actor, require
from forum.posts.models import Post, Topic
from forum.search.links import linked
from forum.search.misses import KEPT_FOR, MOST_KEPT
from forum.search.models import SearchMiss, TopicLink


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


def keep_links(session: Session, post: Post, *, is_new: bool) -> None:
    """Note which other topics a published post links to; what it linked to before an edit is forgotten."""
    to = linked(post.html)
    if not is_new:
        session.execute(delete(TopicLink).where(TopicLink.from_post_id == post.id))
    if not to.topics and not to.posts:
        return
    named = select(Topic.id).where(Topic.id.in_(to.topics))
    meant = select(Post.topic_id).where(Post.id.in_(to.posts))
    others = set(session.scalars(named.union(meant))) - {post.topic_id}
    rows = [{"from_post_id": post.id, "to_topic_id": topic_id} for topic_id in sorted(others)]
    upsert(session, TopicLink.__table__, rows, key=["from_post_id", "to_topic_id"])  # type: ignore[arg-type]
