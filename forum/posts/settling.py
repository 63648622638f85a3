"""After posts moved between topics: every counter, pointer and search row of what they touched, from the rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards.models import Board, Tag
from forum.posts import check, texts
from forum.posts.guard_models import Override
from forum.posts.models import Post, Topic, TopicTag

BATCH = 500


def voices(session: Session, topic_ids: Collection[int], post_ids: Collection[int]) -> set[int]:
    """Whose counters may change: who wrote these posts, opened these topics, or gave their answers."""
    found = set(session.scalars(select(Topic.author_id).where(Topic.id.in_(topic_ids))))
    answers = select(Topic.accepted_post_id).where(Topic.id.in_(topic_ids))
    found |= set(session.scalars(select(Post.author_id).where(Post.id.in_(answers))))
    ids = sorted(post_ids)
    for start in range(0, len(ids), BATCH):
        found |= set(session.scalars(select(Post.author_id).where(Post.id.in_(ids[start : start + BATCH]))))
    return {account_id for account_id in found if account_id is not None}


def settle(session: Session, topic_ids: Collection[int], moved: Sequence[int], people: Collection[int]) -> None:
    """Topics first, then what is summed from them: boards, tags, people. `people`: `voices` of before."""
    session.flush()
    topics = sorted(topic_ids)
    check.settle(session, Topic, topics)
    check.settle_faces(session, topics)
    session.execute(
        update(Topic)
        .where(Topic.id.in_(topics), Topic.accepted_post_id.is_(None))
        .values(accepted_at=None, accepted_by_id=None)
        .execution_options(synchronize_session=False)
    )
    check.settle(session, Board, sorted(set(session.scalars(select(Topic.board_id).where(Topic.id.in_(topics))))))
    tags = select(TopicTag.tag_id).where(TopicTag.topic_id.in_(topics)).order_by(TopicTag.tag_id)
    check.settle(session, Tag, list(dict.fromkeys(session.scalars(tags))))
    check.settle(session, Account, sorted({*people, *voices(session, topics, ())}))
    for topic in session.scalars(select(Topic).where(Topic.id.in_(topics)).order_by(Topic.id)):
        texts.retitled(session, topic)
    for start in range(0, len(moved), BATCH):
        here = select(Post.topic_id).where(Post.id == Override.post_id).scalar_subquery()
        session.execute(
            update(Override)
            .where(Override.post_id.in_(moved[start : start + BATCH]))
            .values(topic_id=here)
            .execution_options(synchronize_session=False)
        )
