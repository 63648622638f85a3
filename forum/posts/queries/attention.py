"""What a member has not read: the lists of new and of unread topics, and how many wait on each board.

*New* was opened lately (a setting) and never read; *unread* was opened before and has more since: exact to the post,
however old where it is followed, in the last thirty days where it was only opened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select, union_all
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.permissions import Actor
from forum.posts.models import Topic
from forum.posts.queries import ignoring, reading, visible
from forum.posts.queries.following import followed, unmuted
from forum.posts.queries.rows import Found, TopicRow, Wardrobe, fetch, found
from forum.posts.reading_models import TopicRead

PER_PAGE = 30
OPENED_FOR = timedelta(days=30)
NEW, UNREAD = "new", "unread"


@dataclass(frozen=True)
class Attention:
    """A page of what is new, or unread, everywhere or on `board`."""

    which: str
    board: Board | None
    topics: Page[TopicRow]


def unread_counts(session: Session, actor: Actor, marks: Mapping[int, datetime]) -> Mapping[int, int]:
    """Board id → topics that are unread or new. Reads the member's own positions and the last two days, no more."""
    if actor.is_guest:
        return {}
    opened = and_(TopicRead.topic_id == Topic.id, TopicRead.account_id == actor.account_id)
    listed = (visible.listed(actor), unmuted(actor), ignoring.topics(actor))
    changed = (
        select(Topic.board_id, Topic.last_post_at.label("at")).join(TopicRead, opened).where(*listed, _added(actor))
    )
    begun = (
        select(Topic.board_id, Topic.created_at.label("at"))
        .outerjoin(TopicRead, opened)
        .where(*listed, Topic.created_at > reading.new_since(session), _never_opened())
    )
    counts: dict[int, int] = {}
    for board_id, at in session.execute(union_all(changed, begun)):
        if at > reading.mark_for(marks, board_id):
            counts[board_id] = counts.get(board_id, 0) + 1
    return counts


def new_page(session: Session, actor: Actor, board: Board | None = None, page: int = 1) -> Attention:
    """Page `page` of the topics that began lately (a setting) and that the actor never opened, newest first."""
    since = reading.new_since(session)
    rows = found(actor).where(Topic.created_at > since, Topic.created_at > reading.mark_beside(actor), _never_opened())
    return _page(session, actor, NEW, board, page, rows.order_by(Topic.created_at.desc(), Topic.id.desc()))


def unread_page(session: Session, actor: Actor, board: Board | None = None, page: int = 1) -> Attention:
    """Page `page` of the topics in which something was added since the actor read them, the latest first."""
    rows = found(actor).where(_added(actor), Topic.last_post_at > reading.mark_beside(actor))
    return _page(session, actor, UNREAD, board, page, rows.order_by(Topic.last_post_at.desc(), Topic.id.desc()))


def _added(actor: Actor) -> ColumnElement[bool]:
    recent = Topic.last_post_at > clock.now() - OPENED_FOR
    more = Topic.last_post_number > TopicRead.last_number
    return and_(TopicRead.last_number > 0, more, or_(recent, followed(actor)))


def _never_opened() -> ColumnElement[bool]:
    return or_(TopicRead.topic_id.is_(None), TopicRead.last_number == 0)


def _page(
    session: Session, actor: Actor, which: str, board: Board | None, page: int, asked: Select[Topic, int]
) -> Attention:
    asked = asked.where(unmuted(actor))
    if board is not None:
        asked = asked.where(Topic.board_id == board.id)
    rows: Sequence[Found] = fetch(session, asked.limit(PER_PAGE + 1).offset((page - 1) * PER_PAGE))
    if page > 1 and not rows:
        raise NotFound
    shown = rows[:PER_PAGE]
    wardrobe = Wardrobe(session, actor, [topic for topic, _ in shown], marks=reading.read_marks(session, actor))
    return Attention(which, board, Page(wardrobe.dress(shown), page, page + (len(rows) > PER_PAGE)))
