"""Words that wait for a moderator: their author finds their own, moderators those of their boards, nobody else any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, joinedload

from forum.core import clock
from forum.core.errors import NotFound
from forum.following.levels import Level
from forum.following.models import BoardFollow
from forum.holds.models import HeldPost
from forum.holds.queries import UsualTime, usual_time
from forum.permissions import Actor, Right
from forum.posts.models import Post, Topic
from forum.posts.queries import visible

MOST = 200


@dataclass(frozen=True)
class HeldView:
    """Held words with the topic that they answer, and the post that they became, as far as the reader may see them."""

    row: HeldPost
    topic: Topic | None = None
    post: Post | None = None


@dataclass(frozen=True)
class Waiting:
    """What of one's own waits at a place, and how long that usually takes."""

    views: Sequence[HeldView] = ()
    usual: UsualTime | None = None


def own_held(session: Session, actor: Actor) -> Waiting:
    """All of one's own, those that wait first, then the latest."""
    order = (HeldPost.state != "held", HeldPost.opened_at.desc(), HeldPost.id.desc())
    return Waiting(_views(session, actor, _own(actor).order_by(*order).limit(MOST)), usual_time(session))


def waiting_in(session: Session, actor: Actor, topic: Topic) -> Waiting:
    """One's own replies that wait in a topic, if a page said that there are any."""
    if not topic.has_held:
        return Waiting()
    return _waiting(session, actor, HeldPost.topic_id == topic.id)


def own_on(session: Session, actor: Actor, board_id: int) -> tuple[str, Waiting]:
    """How closely the actor follows a board, and what topics of theirs wait there: one question where none do."""
    if actor.is_guest:
        return Level.NORMAL, Waiting()
    here = HeldPost.board_id == board_id, HeldPost.topic_id.is_(None)
    mine = BoardFollow.board_id == board_id, BoardFollow.account_id == actor.account_id
    level = select(BoardFollow.level).where(*mine).scalar_subquery()
    any_waits = exists().where(*here, HeldPost.author_id == actor.account_id, HeldPost.state == "held")
    row = session.execute(select(level.label("level"), any_waits.label("waits"))).one()
    return row.level or Level.NORMAL, _waiting(session, actor, *here) if row.waits else Waiting()


def held(session: Session, actor: Actor, held_id: int, *, lock: bool = False) -> HeldPost:
    """One of one's own with its board; NotFound for everybody else's."""
    return _one(session, _own(actor).where(HeldPost.id == held_id), lock=lock)


def held_for(session: Session, actor: Actor) -> Sequence[HeldView]:
    """What waits for the actor as a moderator, the longest first: of their boards, their own left out."""
    return _views(session, actor, _to_decide(actor).order_by(HeldPost.opened_at, HeldPost.id).limit(MOST))


def readable(actor: Actor) -> Callable[[ColumnElement[int]], ColumnElement[bool]]:
    """Whether the actor looks after the board of the held words that a column names: what uploads ask."""
    boards = _boards(actor)
    return lambda held_id: exists().where(HeldPost.id == held_id, HeldPost.board_id.in_(boards))


def count_held_for(session: Session, actor: Actor) -> int:
    """How many those are."""
    return session.scalar(select(func.count()).select_from(_to_decide(actor).subquery())) or 0


def to_decide(session: Session, actor: Actor, held_id: int, *, lock: bool = False) -> HeldPost:
    """One of a moderator's boards, decided or not, with board; NotFound for whoever does not look after it."""
    return _one(session, _of_keeper(actor).where(HeldPost.id == held_id), lock=lock)


def view_of(session: Session, actor: Actor, row: HeldPost) -> HeldView:
    """One row as lists show it."""
    return _with_places(session, actor, [row])[0]


def topic_of(session: Session, actor: Actor, row: HeldPost) -> Topic | None:
    """The topic that the words answer, with its board; None where they begin one, or where it is gone."""
    if row.topic_id is None:
        return None
    found = select(Topic).options(joinedload(Topic.board)).where(Topic.id == row.topic_id, visible.topics(actor))
    return session.scalars(found).first()


def was_held(session: Session, actor: Actor, once: str) -> bool:
    """Whether the actor's form with this token waits already."""
    if not once or actor.account_id is None:
        return False
    sent = (HeldPost.author_id == actor.account_id, HeldPost.once == once[:40])
    return session.scalar(select(HeldPost.id).where(*sent)) is not None


def _own(actor: Actor) -> Select[HeldPost]:
    return select(HeldPost).options(joinedload(HeldPost.board)).where(HeldPost.author_id == (actor.account_id or 0))


def _of_keeper(actor: Actor) -> Select[HeldPost]:
    loaded = joinedload(HeldPost.board), joinedload(HeldPost.author)
    return (
        select(HeldPost)
        .options(*loaded)
        .where(HeldPost.board_id.in_(_boards(actor)), HeldPost.author_id != (actor.account_id or 0))
    )


def _boards(actor: Actor) -> list[int]:
    return sorted(set(actor.boards_with(Right.MODERATE)) & set(actor.boards_with(Right.SEE)))


def _to_decide(actor: Actor) -> Select[HeldPost]:
    return _of_keeper(actor).where(HeldPost.state == "held")


def _one(session: Session, rows: Select[HeldPost], *, lock: bool) -> HeldPost:
    if lock:
        rows = rows.with_for_update(of=HeldPost).execution_options(populate_existing=True)
    found = session.scalars(rows).first()
    if found is None:
        raise NotFound
    return found


def _waiting(session: Session, actor: Actor, *where: Any) -> Waiting:
    rows = _own(actor).where(HeldPost.state == "held", *where).order_by(HeldPost.opened_at, HeldPost.id)
    views = _views(session, actor, rows)
    return Waiting(views, usual_time(session)) if views else Waiting()


def _views(session: Session, actor: Actor, rows: Select[HeldPost]) -> list[HeldView]:
    return _with_places(session, actor, session.scalars(rows).all())


def _with_places(session: Session, actor: Actor, rows: Sequence[HeldPost]) -> list[HeldView]:
    topic_ids = {row.topic_id for row in rows if row.topic_id is not None}
    post_ids = {row.post_id for row in rows if row.post_id is not None and row.state == "released"}
    topics, posts = {}, {}
    if topic_ids:
        found = select(Topic).where(Topic.id.in_(topic_ids), visible.topics(actor))
        topics = {topic.id: topic for topic in session.scalars(found)}
    if post_ids:
        shown = select(Post).join(Post.topic).options(joinedload(Post.topic)).where(Post.id.in_(post_ids))
        shown = shown.where(visible.placed(actor, clock.now()))
        posts = {post.id: post for post in session.scalars(shown)}
    return [HeldView(row, topics.get(row.topic_id or 0), posts.get(row.post_id or 0)) for row in rows]
