"""The tags that a form offers to tick: those used most lately on its board, then everywhere, and what is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import Session

from forum.boards.models import Tag
from forum.permissions import Actor
from forum.posts.models import Topic, TopicTag

MOST = 12
# Looked at: the newest so many topics of the board, whatever its size.
LATEST = 300


def offered_tags(
    session: Session, actor: Actor, board_id: int, chosen: Iterable[str] = ()
) -> Sequence[tuple[str, str]]:
    """Slug and name of up to twelve tags, and of those that are `chosen` (slugs) beside them, by name: one query."""
    latest = (
        select(Topic.id)
        .where(Topic.board_id == board_id, Topic.deleted_at.is_(None))
        .order_by(Topic.created_at.desc(), Topic.id.desc())
        .limit(LATEST)
        .subquery()
    )
    used = (
        select(TopicTag.tag_id, func.count().label("times"))
        .where(TopicTag.topic_id.in_(select(latest.c.id)))
        .group_by(TopicTag.tag_id)
        .subquery()
    )
    common = (
        select(Tag.id)
        .outerjoin(used, used.c.tag_id == Tag.id)
        .where(true() if actor.is_staff or actor.is_moderator else ~Tag.is_reserved)
        .order_by(func.coalesce(used.c.times, 0).desc(), Tag.topic_count.desc(), Tag.id)
        .limit(MOST)
        .subquery()
    )
    rows = session.execute(
        select(Tag.slug, Tag.name).where(or_(Tag.id.in_(select(common.c.id)), Tag.slug.in_(sorted({*chosen}))))
    )
    return sorted(((slug, name) for slug, name in rows), key=lambda tag: (tag[1].casefold(), tag[0]))
