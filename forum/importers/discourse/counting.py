"""What one archive brought, counted in the database as it is now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.importers.models import ImportedItem
from forum.posts.models import Post, Topic


def count(session: Session, source_id: int) -> dict[str, int]:
    """The figures of an import. Posts and those by staff include the notes of what happened to a topic."""
    topics = session.execute(
        _of(
            source_id,
            Topic,
            "topic",
            func.count(),
            func.count(Topic.accepted_post_id),
            func.count(Topic.locked_at),
        )
    ).one()
    posts = session.execute(
        _of(
            source_id,
            Post,
            "post",
            func.count(),
            func.count().filter(Post.action == ""),
            func.coalesce(func.sum(Post.imported_likes), 0),
            func.count().filter(ImportedItem.by_staff),
            func.count(Post.hidden_at),
        )
    ).one()
    users = session.scalar(_of(source_id, Account, "user", func.count()))
    return {
        "topics": topics[0],
        "posts": posts[0],
        "regular_posts": posts[1],
        "users": users or 0,
        "likes": posts[2],
        "accepted_answer_topics": topics[1],
        "posts_by_staff": posts[3],
        "hidden_posts": posts[4],
        "closed_topics": topics[2],
    }


def _of(source_id: int, model: Any, kind: str, *figures: Any) -> Select[Any]:
    return (
        select(*figures)
        .select_from(ImportedItem)
        .join(model, model.id == ImportedItem.local_id)
        .where(ImportedItem.source_id == source_id, ImportedItem.kind == kind)
    )
