"""Writing down what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forum.core.db.dialect import max_batch, upsert
from forum.popularity.models import TopicScore
from forum.popularity.scores import Span
from forum.posts.models import Topic


def keep_scores(session: Session, span: Span, scores: Mapping[int, float], now: datetime) -> None:
    """Let the list of `span` say `scores` (topic id → score), and forget topics that score nothing any more."""
    kept = select(TopicScore.topic_id, TopicScore.score).where(TopicScore.span == span)
    before: dict[int, float] = {topic_id: score for topic_id, score in session.execute(kept)}  # noqa: C416
    changed = sorted(topic_id for topic_id, score in scores.items() if before.get(topic_id) != score)
    gone = sorted(before.keys() - scores.keys())
    size = max_batch(session)
    for start in range(0, len(gone), size):
        some = gone[start : start + size]
        session.execute(delete(TopicScore).where(TopicScore.span == span, TopicScore.topic_id.in_(some)))
    for start in range(0, len(changed), size):
        some = changed[start : start + size]
        boards = session.execute(select(Topic.id, Topic.board_id).where(Topic.id.in_(some)))
        rows = [
            {"topic_id": id_, "span": str(span), "board_id": board_id, "score": scores[id_], "scored_at": now}
            for id_, board_id in boards
        ]
        upsert(
            session,
            TopicScore.__table__,  # type: ignore[arg-type]
            rows,
            key=["topic_id", "span"],
            update=["board_id", "score", "scored_at"],
        )


def move_scores(session: Session, topic_id: int, board_id: int) -> None:
    """Let the scores of a topic stand under another board."""
    session.execute(update(TopicScore).where(TopicScore.topic_id == topic_id).values(board_id=board_id))
