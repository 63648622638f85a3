"""What the house finds to do by the clock, a batch at a time. It sees everything: nothing here is for pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased, contains_eager

from forum.boards import kinds
from forum.boards.models import Board
from forum.core.errors import NotFound
from forum.posts.models import Post, Topic
from forum.posts.outcome_models import Doubt

AT_ONCE = 200
CATCHES_UP = timedelta(days=7)


def doubts_due(session: Session, raised_before: datetime) -> Sequence[int]:
    """Open doubts, raised so long ago that their author has had their time."""
    due = (Doubt.settled_at.is_(None), Doubt.told_at.is_(None), Doubt.created_at <= raised_before)
    return session.scalars(select(Doubt.id).where(*due).order_by(Doubt.id).limit(AT_ONCE)).all()


def doubt_for_update(session: Session, doubt_id: int) -> tuple[Doubt, Post]:
    """A doubt and its post, the topic locked first as every verb does."""
    post_id = session.scalars(select(Doubt.post_id).where(Doubt.id == doubt_id)).one()
    topic_id = session.scalars(select(Post.topic_id).where(Post.id == post_id)).one()
    session.execute(select(Topic.id).where(Topic.id == topic_id).with_for_update())
    row = session.scalars(select(Doubt).where(Doubt.id == doubt_id).execution_options(populate_existing=True)).one()
    post = session.scalars(select(Post).where(Post.id == post_id).execution_options(populate_existing=True)).one()
    return row, post


def worked_for_somebody(session: Session, after: int) -> Sequence[int]:
    """Topics in which something worked for a peer, by their ids, those up to `after` left out."""
    worked = exists().where(Post.topic_id == Topic.id, Post.worked_count > 0)
    return session.scalars(select(Topic.id).where(Topic.id > after, worked).order_by(Topic.id).limit(AT_ONCE)).all()


def reviews_due(session: Session, today: date) -> Sequence[int]:
    """Reference pages whose day of review came within the last week: a clock that stood still catches up."""
    day = Topic.fields[kinds.REVIEW_ON].as_string()
    due = (day <= today.isoformat(), day > (today - CATCHES_UP).isoformat())
    living = (Topic.deleted_at.is_(None), Topic.archived_at.is_(None), Board.archived_at.is_(None))
    asked = select(Topic.id).join(Topic.board).where(Board.kind == "reference", *living, *due)
    return session.scalars(asked.order_by(Topic.id)).all()


def solved_and_quiet(session: Session, since: datetime) -> Sequence[int]:
    """Solved questions nobody has written in since, except those that somebody opened again by hand."""
    note = aliased(Post)
    reopened = exists().where(note.topic_id == Topic.id, note.action == "unlocked")
    return session.scalars(
        select(Topic.id)
        .join(Topic.board)
        .where(
            Topic.solved_at.is_not(None),
            Topic.solved_at <= since,
            Topic.last_post_at <= since,
            Topic.locked_at.is_(None),
            Topic.archived_at.is_(None),
            Topic.deleted_at.is_(None),
            Board.kind == "question",
            Board.archived_at.is_(None),
            ~reopened,
        )
        .order_by(Topic.last_post_at)
        .limit(AT_ONCE)
    ).all()


def topic_for_update(session: Session, topic_id: int) -> Topic:
    """The topic with its board, locked; NotFound where it is gone."""
    found = session.scalars(
        select(Topic)
        .join(Topic.board)
        .options(contains_eager(Topic.board))
        .where(Topic.id == topic_id, Topic.deleted_at.is_(None))
        .with_for_update(of=Topic)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound
    return found
