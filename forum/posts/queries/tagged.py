"""The page of a tag: the topics under it from all boards, in whatever order and by how its questions stand.

And how many topics there are under each tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, case, func, select
from sqlalchemy.orm import Session

from forum.boards.models import Board, Tag
from forum.core.paging import Page
from forum.permissions import Actor, Right
from forum.posts.models import Topic, TopicTag
from forum.posts.queries import ignoring, standings, visible
from forum.posts.queries.board_list import ACTIVITY, NEWEST, VOTES, order_of
from forum.posts.queries.lists import PER_PAGE, counted
from forum.posts.queries.rows import TopicRow, Wardrobe, carries, fetch, found
from forum.posts.queries.standings import UNANSWERED, UNSOLVED, uncounted


@dataclass(frozen=True)
class TagPage:
    """The topics under a tag, across the boards that the reader may see. `orders`: in which they can be read;
    `filters`: to which of its questions it can be narrowed, `show`: to which it is."""

    tag: Tag
    topics: Page[TopicRow]
    order: str
    orders: Sequence[str]
    show: str
    filters: Sequence[str]


def tag_page(
    session: Session, actor: Actor, tag: Tag, page: int = 1, order: str = "", show: str = "", size: int = PER_PAGE
) -> TagPage:
    """Page `page` of the topics under a tag, by default the latest activity first. NotFound past the last page."""
    count, has_questions, has_ideas = _measure(session, actor, tag)
    orders = (ACTIVITY, NEWEST, VOTES) if has_ideas else (ACTIVITY, NEWEST)
    order = order if order in orders else ACTIVITY
    filters = (UNANSWERED, UNSOLVED) if has_questions else ()
    show = show if show in filters else ""
    rows = found(actor).where(carries(tag))
    if (condition := standings.condition("question", show)) is not None:
        rows = rows.where(condition, Board.kind == "question")
    some = fetch(session, rows.order_by(*order_of(order)).limit(size + 1).offset((page - 1) * size))
    dressed = Wardrobe(session, actor, some[:size]).dress(some[:size])
    topics = uncounted(dressed, page, more=len(some) > size) if show else counted(dressed, page, size, count)
    return TagPage(tag, topics, order, orders, show, filters)


def _measure(session: Session, actor: Actor, tag: Tag) -> tuple[int, bool, bool]:
    """How many topics there are under a tag, and whether questions and ideas are among them."""

    def any_of(kind: str) -> ColumnElement[int]:
        return func.max(case((Board.kind == kind, 1), else_=0), type_=Integer)

    listed = (carries(tag), visible.listed(actor), ignoring.topics(actor))
    asked = select(func.count(), any_of("question"), any_of("idea")).select_from(Topic).join(Topic.board)
    count, questions, ideas = session.execute(asked.where(*listed)).one()
    return count, bool(questions), bool(ideas)


def tag_counts(session: Session, actor: Actor, tags: Iterable[Tag]) -> Mapping[int, int]:
    """Tag id → topics under it that the actor may see: all of them, without those on boards closed to the actor."""
    seen = set(actor.boards_with(Right.SEE))
    closed = [board_id for board_id in session.scalars(select(Board.id)) if board_id not in seen]
    hidden: dict[int, int] = {}
    if closed:
        rows = session.execute(
            select(TopicTag.tag_id, func.count())
            .join(Topic, Topic.id == TopicTag.topic_id)
            .where(Topic.board_id.in_(closed), Topic.deleted_at.is_(None))
            .group_by(TopicTag.tag_id)
        )
        hidden = {tag_id: count for tag_id, count in rows}  # noqa: C416 rows are not pairs to a type checker
    return {tag.id: tag.topic_count - hidden.get(tag.id, 0) for tag in tags}
