"""The two topics of a split or a merge: found for undoing, and what each keeps of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from forum.core import clock
from forum.core.errors import Invalid, NotFound
from forum.core.words import gettext as _
from forum.permissions import Actor, Right
from forum.posts.models import Post, Topic
from forum.posts.relocating import Spot
from forum.posts.tallies import shown

Before = dict[str, Any]


def both_sides(session: Session, actor: Actor, before: Before) -> tuple[Topic, Topic]:
    """The two topics of a split or a merge, locked, with boards. NotFound where the actor does not see both."""
    ids = [before["source"], before["target"]]
    rows = session.scalars(
        select(Topic)
        .join(Topic.board)
        .options(contains_eager(Topic.board))
        .where(Topic.id.in_(ids), Topic.board_id.in_(actor.boards_with(Right.SEE)))
        .order_by(Topic.id)
        .with_for_update(of=Topic)
        .execution_options(populate_existing=True)
    )
    found = {row.id: row for row in rows}
    if len(found) < 2:
        raise NotFound
    source, target = (found[topic_id] for topic_id in ids)
    if target.merged_post_id is not None or target.deleted_at is not None:
        raise Invalid(_("The other topic is gone by now. Bring that back first."))
    return source, target


def check_still_there(known: Mapping[int, Spot], moved: Sequence[int], topic_id: int) -> None:
    """Raise Invalid where posts are not where they were put."""
    if any(post_id not in known or known[post_id].topic_id != topic_id for post_id in moved):
        raise Invalid(_("Some of these posts were moved on meanwhile. Undo that first."))


def answer_of(topic: Topic) -> list[Any] | None:
    """What was chosen as the answer: post, when, by whom."""
    if topic.accepted_post_id is None:
        return None
    at = topic.accepted_at.isoformat() if topic.accepted_at else None
    return [topic.accepted_post_id, at, topic.accepted_by_id]


def give_answer_back(session: Session, topic: Topic, answer: list[Any] | None) -> None:
    """The answer that left the topic is its answer again, unless another was chosen meanwhile."""
    if answer is None or topic.accepted_post_id is not None:
        return
    post_id, at, by_id = answer
    if session.scalar(select(Post.id).where(Post.id == post_id, Post.topic_id == topic.id, shown())) is not None:
        topic.accepted_post_id, topic.accepted_by_id = post_id, by_id
        topic.accepted_at = datetime.fromisoformat(at) if at else None


def become_shell(topic: Topic, opening_id: int, actor: Actor) -> None:
    """Nothing of it is left but its address, which leads to where its opening post stands now."""
    topic.merged_post_id = opening_id
    topic.deleted_at, topic.deleted_by_id = clock.now(), actor.account_id
