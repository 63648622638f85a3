"""A board that is far enough for the guard to hold anybody back, and what happens there by the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.boards.models import Board
from forum.core import clock
from forum.organization.queries import state
from forum.organization.stages import LIMITS, Position, Stage
from forum.posts.models import Post, Topic
from tests import cast

_counted = state.board_state


@contextmanager
def established(stage: Stage = Stage.ESTABLISHMENT, **said: Any) -> Iterator[None]:
    """Boards are of that stage, and their summary rows say what `said` says: months of history in one line."""

    def told(session: Session, board: Board, now: Any, **given: Any) -> Any:
        quiet = {"our_posts": 4, "posts": 100, "our_topics": 0, "topics": 20, "measured_at": now - timedelta(hours=1)}
        counted = _counted(session, board, now, **given)
        return replace(
            counted, position=Position(stage), limits=LIMITS[stage], shadow_until=None, **({**quiet, **said})
        )

    with patch.object(state, "board_state", told):
        yield


def question(session: Session, by: Any = None, **given: Any) -> Any:
    """A member's question on a board of questions."""
    board = cast.board(session, kind="question")
    who = by or cast.member(session)
    before = cast.topic(session, cast.board(session), who)  # so that this is not their first
    before.created_at -= timedelta(days=9)
    for post in session.query(Post).filter_by(topic_id=before.id):
        post.created_at = before.created_at
    return cast.topic(session, board, who, **given)


def living(session: Session, topic: Any) -> Topic:
    """A topic with its board, as verbs want it."""
    wanted = select(Topic).options(joinedload(Topic.board)).where(Topic.id == topic.id)
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def posts_of(session: Session, topic: Any) -> list[Post]:
    """What stands in a topic, in order."""
    found = session.query(Post).filter_by(topic_id=topic.id).order_by(Post.number).all()
    return [post for post in found if post.action == ""]


def hours(n: float) -> timedelta:
    return timedelta(hours=n)


__all__ = ["clock", "established", "hours", "living", "posts_of", "question"]
