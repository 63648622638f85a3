"""Lists of topics by how they stand: which there are on a board, and what each means as SQL.

Every filter of questions has its partial index, so that a page of it costs the same however large the board is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.permissions import Actor
from forum.posts import ideas
from forum.posts.models import Topic
from forum.posts.queries.rows import TopicRow, Wardrobe, fetch, found

PER_PAGE = 30

UNANSWERED, UNSOLVED, SOLVED, PEERLESS = "unanswered", "unsolved", "solved", "no-peer"
ALL = "all"
OF_QUESTIONS = (UNANSWERED, PEERLESS, UNSOLVED, SOLVED)


def filters_of(kind: str) -> tuple[str, ...]:
    """The filters that a board of a kind offers beside its whole list (for ideas: beside the open ones)."""
    if kind == "question":
        return OF_QUESTIONS
    return (*ideas.STATES, ALL) if kind == "idea" else ()


def _alive() -> ColumnElement[bool]:
    """Where somebody can still do something about it."""
    return and_(Topic.locked_at.is_(None), Topic.archived_at.is_(None))


def _conditions() -> Mapping[str, ColumnElement[bool]]:
    peerless = and_(Topic.first_peer_at.is_(None), Topic.deleted_at.is_(None), _alive())
    return {
        UNANSWERED: and_(peerless, Topic.staff_reply_count == 0),
        PEERLESS: peerless,
        UNSOLVED: and_(Topic.solved_at.is_(None), Topic.deleted_at.is_(None), _alive()),
        SOLVED: and_(Topic.solved_at.is_not(None), Topic.deleted_at.is_(None)),
    }


def condition(kind: str, show: str) -> ColumnElement[bool] | None:
    """What `show` leaves of a board's topics; None: all of them."""
    if kind == "question" and show in OF_QUESTIONS:
        return _conditions()[show]
    if kind == "idea" and show in ideas.STATES:
        return Topic.idea_state == show
    if kind == "idea" and show != ALL:
        return Topic.idea_state.in_(ideas.OPEN)
    return None


@dataclass(frozen=True)
class Questions:
    """Questions of all boards that the reader may see, by how they stand."""

    show: str
    topics: Page[TopicRow]


def questions_page(session: Session, actor: Actor, show: str, page: int = 1, size: int = PER_PAGE) -> Questions:
    """Page `page` of the questions of all boards, latest activity first. NotFound past the last page."""
    show = show if show in OF_QUESTIONS else UNANSWERED
    asking = select(Board.id).where(Board.kind == "question", Board.archived_at.is_(None))
    rows = found(actor).where(_conditions()[show], Topic.board_id.in_(asking))
    rows = rows.order_by(Topic.bumped_at.desc(), Topic.id.desc())
    some = fetch(session, rows.limit(size + 1).offset((page - 1) * size))
    wardrobe = Wardrobe(session, actor, some[:size])
    return Questions(show, uncounted(wardrobe.dress(some[:size]), page, more=len(some) > size))


def uncounted(rows: list[TopicRow], page: int, *, more: bool) -> Page[TopicRow]:
    """A page of a list that nobody counted: it knows only whether there is another. NotFound past the last one."""
    if page > 1 and not rows:
        raise NotFound
    return Page(rows, page, page + 1 if more else page)
