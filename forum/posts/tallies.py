"""Counters and pointers of topics, boards, people and tags: moved here, by every verb that shows or hides words.

What they mean is said once, in `check.py`, as SQL over the rows; a property test holds the two together. A post is
*shown* when somebody wrote it, it is neither deleted nor hidden, and its topic is not deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Integer, case, func, literal, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from forum.accounts.models import Account
from forum.boards.models import Board, Tag
from forum.posts import standing
from forum.posts.models import Post, Topic, TopicTag

SOFT_INTENTS, shown = standing.SOFT_INTENTS, standing.shown
FACES = 4
BATCH = 300


def bumps(post: Post) -> bool:
    """Whether a post moves its topic up: every reply, never a soft one of staff."""
    return post.intent not in SOFT_INTENTS


def bump_time(post: Post) -> datetime:
    """When a post last moved its topic: when written, or when edited with a revision."""
    return post.edited_at if post.revision_count and post.edited_at else post.created_at


def topic_shown(session: Session, topic: Topic) -> None:
    """Count a topic in (its tags already stand): new, or back again."""
    _move_topic(session, topic, +1)


def topic_hidden(session: Session, topic: Topic) -> None:
    """Count a topic out, with all its shown posts."""
    _move_topic(session, topic, -1)


def _move_topic(session: Session, topic: Topic, step: int) -> None:
    _add(session, Board, topic.board_id, topic_count=step, post_count=step * topic.post_count)
    if topic.author_id is not None:
        _add(session, Account, topic.author_id, topic_count=step)
    session.execute(
        update(Tag)
        .where(Tag.id.in_(select(TopicTag.tag_id).where(TopicTag.topic_id == topic.id)))
        .values(topic_count=Tag.topic_count + step)
    )
    posts_of = select(Post.author_id, func.count()).where(Post.topic_id == topic.id, shown()).group_by(Post.author_id)
    for author_id, count in session.execute(posts_of):
        if author_id is not None:
            _add(session, Account, author_id, post_count=step * count)
    _count_accepted(session, topic, step)
    point_board(session, topic.board_id)


def topic_moved(session: Session, topic: Topic, from_board: int) -> None:
    """Count a shown topic out of the board where it stood, and in where it stands."""
    for board_id, step in ((from_board, -1), (topic.board_id, +1)):
        _add(session, Board, board_id, topic_count=step, post_count=step * topic.post_count)
        point_board(session, board_id)


def post_shown(session: Session, topic: Topic, post: Post) -> None:
    """Count one post in, in a topic that is shown."""
    _move_post(session, topic, post, +1)


def post_hidden(session: Session, topic: Topic, post: Post) -> None:
    """Count one post out, in a topic that is shown."""
    _move_post(session, topic, post, -1)


def _move_post(session: Session, topic: Topic, post: Post, step: int) -> None:
    topic.post_count += step
    _add(session, Board, topic.board_id, post_count=step)
    if post.author_id is not None:
        _add(session, Account, post.author_id, post_count=step)
    point_topic(session, topic)
    point_board(session, topic.board_id)


def reply_added(session: Session, topic: Topic, post: Post) -> None:
    """The hot path: one reply at the end of a shown topic, without looking at the others.

    The board first, then people, here as everywhere: who waits for a row of the other order would wait in a ring.
    """
    _add(session, Board, topic.board_id, post_count=1)
    topic.post_count += 1
    topic.last_post_id = post.id
    topic.last_post_number = post.number
    topic.last_post_at = post.created_at
    _count_reply(topic, post)
    if post.author_id is not None:
        others = [face for face in topic.face_ids if face != topic.author_id]
        topic.face_ids = faces(topic.author_id, [post.author_id, *others])
        _add(session, Account, post.author_id, post_count=1)
    if bumps(post):
        topic.bumped_at = post.created_at
        session.flush()
        if topic.hidden_at is None:  # a hidden topic is nobody's latest
            session.execute(update(Board).where(Board.id == topic.board_id).values(last_topic_id=topic.id))


def _count_reply(topic: Topic, post: Post) -> None:
    """As `standing.REPLIES` says it, for one more reply."""
    if post.author_id == topic.author_id:
        return
    if not post.affiliation_kind:
        topic.peer_reply_count += 1
        topic.first_peer_at = topic.first_peer_at or post.created_at
    elif post.intent not in SOFT_INTENTS:
        topic.staff_reply_count += 1


def faces(opener: int | None, recent: list[int]) -> list[int]:
    """Who takes part, at a glance: who opened it, then the latest other voices, latest first."""
    chosen = [opener] if opener is not None else []
    for voice in recent:
        if voice not in chosen:
            chosen.append(voice)
        if len(chosen) == FACES:
            break
    return chosen


def point_topic(session: Session, topic: Topic) -> None:
    """Set last post, bump and faces from the latest rows."""
    session.flush()
    here = Post.topic_id == topic.id, shown()
    voices = session.scalars(
        select(Post.author_id)
        .where(*here, Post.author_id.is_not(None))
        .group_by(Post.author_id)
        .order_by(func.max(Post.number).desc())
        .limit(FACES + 1)
    )
    topic.face_ids = faces(topic.author_id, [voice for voice in voices if voice is not None])
    last = session.scalars(select(Post).where(*here).order_by(Post.number.desc()).limit(1)).first()
    if last is not None:
        topic.last_post_id, topic.last_post_number, topic.last_post_at = last.id, last.number, last.created_at
    else:
        topic.last_post_id, topic.last_post_number, topic.last_post_at = None, 0, topic.created_at
    last_bump = session.scalars(
        select(Post).where(*here, Post.intent.not_in(SOFT_INTENTS)).order_by(Post.number.desc()).limit(1)
    ).first()
    topic.bumped_at = bump_time(last_bump) if last_bump else topic.created_at
    standing.settle(session, topic, standing.REPLIES | standing.ANSWER)


def point_board(session: Session, board_id: int) -> None:
    """Set a board's latest topic from the rows."""
    session.flush()
    latest = (
        select(Topic.id)
        .where(Topic.board_id == board_id, Topic.deleted_at.is_(None), Topic.hidden_at.is_(None))
        .order_by(Topic.bumped_at.desc(), Topic.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    session.execute(update(Board).where(Board.id == board_id).values(last_topic_id=latest))


def accepted(session: Session, topic: Topic) -> None:
    """Count an accepted answer in for its author."""
    _count_accepted(session, topic, +1)


def unaccepted(session: Session, topic: Topic) -> None:
    """Count it out; call before the pointer is cleared."""
    _count_accepted(session, topic, -1)


def _count_accepted(session: Session, topic: Topic, step: int) -> None:
    if topic.accepted_post_id is None:
        return
    author = session.scalar(select(Post.author_id).where(Post.id == topic.accepted_post_id))
    if author is not None:
        _add(session, Account, author, accepted_count=step)


def tagged(session: Session, tag_ids: list[int], step: int) -> None:
    """Count topics under tags; `step` is +1 or -1."""
    if tag_ids:
        session.execute(update(Tag).where(Tag.id.in_(sorted(tag_ids))).values(topic_count=Tag.topic_count + step))


def _add(session: Session, model: type[Account] | type[Board], row_id: int, **steps: int) -> None:
    """Add to counters in SQL: two writers at once both count."""
    columns = {name: getattr(model, name) + literal(step, Integer) for name, step in steps.items()}
    session.execute(update(model).where(model.id == row_id).values(columns))


def add_all(session: Session, column: InstrumentedAttribute[int], steps: Mapping[int, int]) -> None:
    """Add to one counter of many rows (row id → step), in statements of bounded size."""
    model, ids = column.class_, sorted(row_id for row_id, step in steps.items() if step)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        step = case({row_id: steps[row_id] for row_id in some}, value=model.id)
        session.execute(
            update(model)
            .where(model.id.in_(some))
            .values({column.key: column + step})
            .execution_options(synchronize_session=False)
        )
