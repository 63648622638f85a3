"""Fetches what the measures count: what is *countable*, as it stood at an instant (`organization.md` §1).

Countable is a published topic or reply, by a person or bot, on a board that every member may see; not a note of what
happened, not housekeeping (`moderate`), not hidden or removed by somebody else, not deleted by its author within 60
minutes. `uncounted` selects further posts to leave out: those of archives that do not say who was staff.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from forum.boards.models import Board
from forum.boards.queries import rights_for
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.permissions import Group, Right
from forum.posts.models import Post, Topic
from forum.stewardship.facts import SPAN, By, Facts, PostFact, TopicFact
from forum.stewardship.monthly import Written

Uncounted = Select[int]
SECOND_THOUGHTS = timedelta(minutes=60)
BATCH = 5000


def public_boards(session: Session, slug: str = "") -> Sequence[int]:
    """The boards that every member may see, or the one of them with this slug; NotFound where there is none."""
    rights = rights_for(session, {Group.EVERYONE, Group.MEMBERS})
    boards = select(Board.id).where(Board.id.in_([board for board, given in rights.items() if Right.SEE in given]))
    found = session.scalars(boards.where(Board.slug == slug) if slug else boards).all()
    if slug and not found:
        raise NotFound(_("There is no board “%(slug)s” that every member may see.", slug=slug))
    return found


def facts(session: Session, boards: Sequence[int], at: datetime, uncounted: Uncounted | None = None) -> Facts:
    """Topics and posts since 56 days before `at`, as they stood then. Two questions, whatever the size of the place."""
    since = at - 2 * SPAN
    return Facts(
        at,
        {topic.id: topic for topic in _topics(session, boards, since, at, uncounted)},
        sorted(_posts(session, boards, since, at, uncounted), key=lambda post: (post.at, post.topic_id, post.number)),
    )


def written(
    session: Session, boards: Sequence[int], at: datetime, uncounted: Uncounted | None = None
) -> Iterator[Written]:
    """Every post before `at` that stands, hidden ones included, topic by topic; memory stays flat."""
    rows = session.execute(
        select(
            Post.topic_id,
            Topic.created_at,
            Topic.author_id,
            Post.number,
            Post.created_at,
            Post.author_id,
            Post.organization_id.is_not(None),
        )
        .join(Topic, Topic.id == Post.topic_id)
        .where(*_published(boards, at, uncounted), Post.deleted_at.is_(None), Topic.deleted_at.is_(None))
        .order_by(Post.topic_id, Post.number)
        .execution_options(yield_per=BATCH)
    )
    return (Written(*row[:-1], bool(row[-1])) for row in rows)


def _published(boards: Sequence[int], at: datetime, uncounted: Uncounted | None) -> list[ColumnElement[bool]]:
    """SQL: words that somebody wrote on these boards before an instant."""
    where = [Topic.board_id.in_(boards), Post.action == "", Post.created_at < at]
    return where if uncounted is None else [*where, Post.id.not_in(uncounted)]


def _topics(
    session: Session, boards: Sequence[int], since: datetime, at: datetime, uncounted: Uncounted | None
) -> Iterator[TopicFact]:
    earlier = aliased(Post)
    before = exists().where(
        earlier.author_id == Topic.author_id, earlier.created_at < Topic.created_at, earlier.action == ""
    )
    rows = session.execute(
        select(Topic, Post, Board.peer_first, before)
        .join(Post, (Post.topic_id == Topic.id) & (Post.number == 1))
        .join(Board, Board.id == Topic.board_id)
        .where(*_published(boards, at, uncounted), Post.intent != "moderate", Topic.created_at >= since)
    )
    for topic, opening, peer_first, wrote_before in rows:
        if _counts(topic, opening, at):
            yield TopicFact(
                topic.id,
                topic.author_id,
                topic.created_at,
                By(opening.affiliation_kind),
                peer_first=peer_first,
                wants_organization=topic.wants_org,
                merged_away=topic.duplicate_of_id is not None,
                is_first=not wrote_before,
            )


def _posts(
    session: Session, boards: Sequence[int], since: datetime, at: datetime, uncounted: Uncounted | None
) -> Iterator[PostFact]:
    answered, opening = aliased(Post), aliased(Post)
    rows = session.execute(
        select(Post, Topic, answered, opening.affiliation_kind)
        .join(Topic, Topic.id == Post.topic_id)
        .outerjoin(answered, (answered.topic_id == Post.topic_id) & (answered.number == Post.reply_to_number))
        .outerjoin(opening, (opening.topic_id == Post.topic_id) & (opening.number == 1))
        .where(*_published(boards, at, uncounted), Post.intent != "moderate", Post.created_at >= since)
    )
    for post, topic, replied_to, opened_as in rows:
        to: Post | None = replied_to  # joined from outside: nobody need be answered
        if _counts(topic, post, at):
            yield PostFact(
                topic.id,
                post.number,
                post.author_id,
                post.created_at,
                By(post.affiliation_kind),
                post.intent,
                post.words,
                to.author_id if to is not None else topic.author_id,
                bool(to.affiliation_kind if to is not None else opened_as),
            )


def _counts(topic: Topic, post: Post, at: datetime) -> bool:
    """Whether a published post still counted at an instant."""
    return (
        _stands(post.created_at, post.author_id, post.deleted_at, post.deleted_by_id, at)
        and _stands(topic.created_at, topic.author_id, topic.deleted_at, topic.deleted_by_id, at)
        and (post.hidden_at is None or post.hidden_at >= at)
    )


def _stands(
    written_at: datetime, author_id: int | None, deleted_at: datetime | None, by_id: int | None, at: datetime
) -> bool:
    """Not deleted yet at that instant; or by its author, who had let it stand for an hour."""
    if deleted_at is None or deleted_at >= at:
        return True
    return by_id == author_id and deleted_at - written_at >= SECOND_THOUGHTS
