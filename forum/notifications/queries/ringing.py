"""What waits: the count at the bell, and what pages that are open ask about every few seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, func, literal, or_, select, true
from sqlalchemy.orm import Session

from forum.accounts.ignoring import ignored_by
from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.conversations.models import Message
from forum.conversations.queries import visible as conversations
from forum.core import clock
from forum.notifications.models import Notice
from forum.notifications.queries.in_sight import post_in_view, subject_in_sight
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.queries.listing import Listing, moved
from forum.posts.tallies import shown

# Unread rows that are looked at for the bell, however many there are.
_BELL_ROWS = 400

_UNREAD = (Notice.read_at.is_(None), Notice.on_site)


def bell() -> ColumnElement[int]:
    """SQL beside an Account: how many lines are unread, at most as many as `_BELL_ROWS` rows make."""
    return _unread_lines(Account.id)


def _unread_lines(account_id: int | SQLColumnExpression[int]) -> ColumnElement[int]:
    """SQL: lines that are unread, and about something that the account may see."""
    about = (Notice.fold, Notice.topic_id, Notice.post_id, Notice.subject, Notice.kind)
    waiting = select(*about).where(Notice.recipient_id == account_id, *_UNREAD)
    rows = waiting.limit(_BELL_ROWS).correlate(Account).subquery()
    sees_topic = and_(Topic.deleted_at.is_(None), boards.seen_by(Topic.board_id, account_id))
    lines = (
        select(func.count(rows.c.fold.distinct()))
        .outerjoin(Topic, Topic.id == rows.c.topic_id)
        .outerjoin(Post, Post.id == rows.c.post_id)
        .where(
            or_(rows.c.topic_id.is_(None), sees_topic),
            or_(rows.c.post_id.is_(None), post_in_view()),
            subject_in_sight(rows.c.subject, rows.c.kind, account_id),
        )
    )
    return lines.correlate(Account).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Watched:
    """What an open page may ask about: whose bell (0: nobody's), which topic (0: none), which list, which conversation.

    `ignores`: they ignore somebody.
    """

    account_id: int
    topic_id: int
    listing: Listing | None = None
    ignores: bool = False
    conversation_id: int = 0

    def wants(self, author_id: SQLColumnExpression[int | None]) -> ColumnElement[bool]:
        """SQL: not what somebody did whom they ignore."""
        return ~ignored_by(self.account_id, author_id, clock.now()) if self.ignores else true()


class News(NamedTuple):
    """What there is: lines at the bell, replies in the topic (or messages in the conversation), topics with news in the
    lists. At most 100 of each."""

    bell: int
    replies: int
    topics: int


def news(session: Session, watched: Watched, after: int, since: datetime) -> News:
    """One statement of at most three short walks along indexes; what the page does not watch is not looked at."""
    parts: list[ColumnElement[int]] = [literal(0), literal(0), literal(0)]
    if watched.account_id:
        parts[0] = _unread_lines(watched.account_id)
    if watched.topic_id:
        more = (Post.topic_id == watched.topic_id, Post.number > after, shown(), watched.wants(Post.author_id))
        parts[1] = _capped(select(Post.id).where(*more))
    if watched.conversation_id:
        about = literal(watched.conversation_id)
        come = and_(Message.conversation_id == about, Message.number > after, watched.wants(Message.author_id))
        parts[1] = _capped(select(Message.id).where(come, conversations.seen_by(about, watched.account_id)))
    if watched.listing is not None:
        listed = moved(watched.listing, watched.account_id, since)
        parts[2] = _capped(listed.where(watched.wants(Topic.author_id)))
    row = session.execute(select(*parts)).one()
    return News(row[0], row[1], row[2])


def _capped(rows: Select[int]) -> ColumnElement[int]:
    return select(func.count()).select_from(rows.limit(100).subquery()).scalar_subquery()


def has_unread_in(session: Session, actor: Actor, topic_id: int, number: int) -> bool:
    """Whether reading this topic up to `number` makes anything seen."""
    found = session.scalar(
        select(Notice.id)
        .where(Notice.recipient_id == actor.account_id, *_UNREAD, Notice.topic_id == topic_id, Notice.number <= number)
        .limit(1)
    )
    return found is not None
