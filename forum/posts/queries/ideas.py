"""What an idea went through, and the ideas beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.permissions import Actor
from forum.posts import ideas
from forum.posts.models import Post, Topic
from forum.posts.queries import ignoring, visible

MOST_BESIDE = 50
PREFIX = "idea."


@dataclass(frozen=True)
class IdeaStep:
    """A change of state: the note that stands in the stream (author and organization loaded), and the state."""

    note: Post
    state: str


def idea_steps(session: Session, topic: Topic) -> Sequence[IdeaStep]:
    """Changes of an idea's state, first to last, each with who and why. Nothing is asked while it is new."""
    if topic.idea_state_at is None:
        return []
    notes = session.scalars(
        select(Post)
        .options(joinedload(Post.author), joinedload(Post.organization))
        .where(Post.topic_id == topic.id, Post.action.in_([PREFIX + state for state in ideas.STATES]))
        .order_by(Post.number)
    )
    return [IdeaStep(note, note.action.removeprefix(PREFIX)) for note in notes]


def similar_ideas(session: Session, actor: Actor, topic: Topic) -> Sequence[Topic]:
    """Ideas of the same board that this one may be merged into, most votes first."""
    return session.scalars(
        select(Topic)
        .join(Topic.board)
        .options(contains_eager(Topic.board))
        .where(
            Topic.board_id == topic.board_id,
            Topic.id != topic.id,
            Topic.idea_state != ideas.DUPLICATE,
            visible.listed(actor),
            ignoring.topics(actor),
        )
        .order_by(Topic.vote_count.desc(), Topic.created_at, Topic.id)
        .limit(MOST_BESIDE)
    ).all()
