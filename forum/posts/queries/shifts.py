"""How the shifts of the rota were kept, by what was promised to members meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.organization.charter import KEEPERS
from forum.organization.queries.rota import over_lately
from forum.organization.rota import Due, KeptShifts
from forum.organization.rota import kept_shifts as kept_of
from forum.posts.models import Post
from forum.posts.queries import promised
from forum.posts.queries.promised import Item


def kept_shifts(session: Session, now: datetime) -> KeptShifts:
    """How many of the shifts that ended within 28 days were kept, of those in which something fell due."""
    shifts = over_lately(session, now)
    if not shifts:
        return KeptShifts(0, 0)
    made = [item for item in promised.of_everybody(session, now) if _was_due(item, now)]
    acts = _acts(session, [item.topic.id for item in made])
    return kept_of(shifts, [_due(item, acts) for item in made], now)


def _was_due(item: Item, now: datetime) -> bool:
    return (due_at := item.promise.due_at) is not None and due_at <= now


def _due(item: Item, acts: Mapping[int, Mapping[int, datetime]]) -> Due:
    due_at = item.promise.due_at
    assert due_at is not None
    return Due(KEEPERS[item.kind], item.topic.board_id, due_at, item.promise.done_at, acts.get(item.topic.id))


def _acts(session: Session, topic_ids: Sequence[int]) -> Mapping[int, Mapping[int, datetime]]:
    """Topic id → who of the organization replied there, and when first."""
    rows = session.execute(
        select(Post.topic_id, Post.author_id, func.min(Post.created_at))
        .where(
            Post.topic_id.in_(topic_ids),
            Post.number > 1,
            Post.action == "",
            Post.affiliation_kind == "staff",
            Post.deleted_at.is_(None),
            Post.hidden_at.is_(None),
        )
        .group_by(Post.topic_id, Post.author_id)
    )
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    for topic_id, author_id, at in rows:
        if author_id is not None:
            found[topic_id][author_id] = at
    return found
