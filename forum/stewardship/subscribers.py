"""What changes how much was published on a board: counted in the transaction that changes it.

A new post is added. Whatever takes posts away, brings them back or moves them lets their hours be counted anew, which
knows of archives as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.events import AccountsMerged
from forum.boards.events import BoardCreated
from forum.core import clock
from forum.importers.queries import posts_without_affiliation
from forum.organization.actions import counting
from forum.organization.counts import edge, hour_of
from forum.posts.events import (
    AnswerAccepted,
    PostDeleted,
    PostEdited,
    PostRestored,
    PostsRelocated,
    PostTaken,
    PostUndeleted,
    ReplyPosted,
    TopicMoved,
    TopicStarted,
    TopicStateChanged,
)
from forum.posts.models import Post, Topic
from forum.stewardship import actions


def begin_board(session: Session, event: BoardCreated) -> None:
    """Nothing is published there, and for a while the guard only advises."""
    counting.begin_counting(session, event.board_id, clock.now())


def count_post(session: Session, event: TopicStarted | ReplyPosted) -> None:
    """One more."""
    post, topic = _of(session, event.post_id)
    actions.count_post(session, topic, post)


def count_edited(session: Session, event: PostEdited | AnswerAccepted) -> None:
    """A post of the organization may have another purpose than it had: it was edited, or answers the question."""
    post, topic = _of(session, event.post_id)
    if post.affiliation_kind:
        _recount(session, topic.board_id, {hour_of(post.created_at)})


def recount_post(session: Session, event: PostDeleted | PostUndeleted | PostTaken | PostRestored) -> None:
    """It goes or comes back; the opening one with everything below it."""
    post, topic = _of(session, event.post_id)
    if not post.is_opening:
        _recount(session, topic.board_id, {hour_of(post.created_at)})
        return
    _recount(session, topic.board_id, _hours_of(session, topic.id))
    actions.recount_pins(session, topic.board_id, clock.now())


def count_moved(session: Session, event: TopicMoved) -> None:
    """A topic counts where it is now."""
    hours = _hours_of(session, event.topic_id)
    for board_id in sorted((event.from_id, event.to_id)):
        _recount(session, board_id, hours)
        actions.recount_pins(session, board_id, clock.now())


def count_relocated(session: Session, event: PostsRelocated) -> None:
    """Posts count where their topics are."""
    topics = (event.from_id, event.to_id)
    hours = _hours_of(session, *topics)
    for board_id in sorted(set(session.scalars(select(Topic.board_id).where(Topic.id.in_(topics))))):
        _recount(session, board_id, hours)
        actions.recount_pins(session, board_id, clock.now())


def count_pins(session: Session, event: TopicStateChanged) -> None:
    """The organization has only so many."""
    if event.change in ("pinned", "repinned", "unpinned"):
        topic = session.get_one(Topic, event.topic_id)
        actions.recount_pins(session, topic.board_id, clock.now())


def count_merged(session: Session, event: AccountsMerged) -> None:
    """Whether somebody deleted their own post: they may be the same now."""
    posts = select(Topic.board_id, Post.created_at).join(Topic, Topic.id == Post.topic_id)
    lately = (Post.author_id == event.into_id, Post.created_at >= edge(clock.now()), Post.deleted_at.is_not(None))
    hours: dict[int, set[datetime]] = defaultdict(set)
    for board_id, at in session.execute(posts.where(*lately)):
        hours[board_id].add(hour_of(at))
    for board_id in sorted(hours):
        _recount(session, board_id, hours[board_id])


def _of(session: Session, post_id: int) -> tuple[Post, Topic]:
    post = session.get_one(Post, post_id)
    return post, session.get_one(Topic, post.topic_id)


def _hours_of(session: Session, *topic_ids: int) -> set[datetime]:
    lately = select(Post.created_at).where(Post.topic_id.in_(topic_ids), Post.created_at >= edge(clock.now()))
    return {hour_of(at) for at in session.scalars(lately)}


def _recount(session: Session, board_id: int, hours: Collection[datetime]) -> None:
    actions.recount(session, board_id, hours, clock.now(), posts_without_affiliation())
