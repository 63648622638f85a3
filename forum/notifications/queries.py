"""Reads of notices: the bell, the centre, what a topic's page makes seen. Rights are asked again when they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from forum.accounts.models import Account
from forum.core.errors import NotFound
from forum.notifications.kinds import KINDS, MENTIONS, REPLIES, Kind
from forum.notifications.models import Notice
from forum.permissions import Actor
from forum.posts.addresses import number_path, unread_path
from forum.posts.models import Post, Topic
from forum.posts.queries import Person, people, visible

PER_PAGE = 30
BELL_MOST = 99
# Unread rows that are looked at for the bell, however many there are.
_BELL_ROWS = 400

ALL, UNREAD = "all", "unread"
SHOWN = (ALL, UNREAD, MENTIONS, REPLIES)


@dataclass(frozen=True)
class Line:
    """A line of the centre: one notice, or several about one topic. `opens`: where it leads."""

    id: int
    kind: Kind
    says: str
    title: str
    opens: str
    at: datetime
    unread: bool
    actor: Person | None


@dataclass(frozen=True)
class Centre:
    """A page of the centre. `unread`: whether anything at all is unread."""

    lines: Sequence[Line]
    show: str
    page: int
    has_more: bool


def bell() -> ColumnElement[int]:
    """SQL beside an Account: how many lines are unread, at most as many as `_BELL_ROWS` rows make."""
    rows = (
        select(Notice.fold.label("fold"))
        .where(Notice.recipient_id == Account.id, *_UNREAD)
        .limit(_BELL_ROWS)
        .correlate(Account)
        .subquery()
    )
    return select(func.count(rows.c.fold.distinct())).scalar_subquery()


_UNREAD = (Notice.read_at.is_(None), Notice.on_site)


def has_unread_in(session: Session, actor: Actor, topic_id: int, number: int) -> bool:
    """Whether reading this topic up to `number` makes anything seen."""
    found = session.scalar(
        select(Notice.id)
        .where(Notice.recipient_id == actor.account_id, *_UNREAD, Notice.topic_id == topic_id, Notice.number <= number)
        .limit(1)
    )
    return found is not None


def own(session: Session, actor: Actor, notice_id: int) -> Notice:
    """One of the actor's own notices; NotFound for everybody else's."""
    notice = session.get(Notice, notice_id)
    if notice is None or notice.recipient_id != actor.account_id:
        raise NotFound
    return notice


def own_line(session: Session, actor: Actor, notice_id: int) -> Line:
    """The line of one of the actor's own notices, if what it is about may still be seen."""
    rows = _lines(session, actor, _latest(actor, ALL).where(Notice.id == notice_id).limit(1))
    if not rows:
        raise NotFound
    return rows[0]


def centre(session: Session, actor: Actor, show: str = ALL, page: int = 1) -> Centre:
    """Page `page` of the actor's notices, newest first; unread and read ones of a topic are lines of their own."""
    show = show if show in SHOWN else ALL
    asked = _latest(actor, show).limit(PER_PAGE + 1).offset((page - 1) * PER_PAGE)
    lines = _lines(session, actor, asked)
    if page > 1 and not lines:
        raise NotFound
    return Centre(lines[:PER_PAGE], show, page, len(lines) > PER_PAGE)


_Folded = Select[int, int, int, int]


def _latest(actor: Actor, show: str) -> _Folded:
    """Of each line the newest notice, how many there are, how many people, and its lowest number."""
    families = [key for key, kind in KINDS.items() if kind.family == show]
    read = Notice.read_at.is_(None)
    lines = (
        select(
            func.max(Notice.id).label("id"),
            func.count().label("count"),
            func.sum(Notice.people, type_=Integer).label("people"),
            func.min(Notice.number).label("number"),
        )
        .outerjoin(Topic, Topic.id == Notice.topic_id)
        .outerjoin(Post, Post.id == Notice.post_id)
        .where(Notice.recipient_id == actor.account_id, Notice.on_site, _may_see(actor))
        .group_by(Notice.fold, read)
        .order_by(func.max(Notice.id).desc())
    )
    if show == UNREAD:
        return lines.where(read)
    return lines.where(Notice.kind.in_(families)) if families else lines


def _may_see(actor: Actor) -> ColumnElement[bool]:
    return and_(
        or_(Notice.topic_id.is_(None), visible.topics(actor)),
        or_(Notice.post_id.is_(None), and_(Post.deleted_at.is_(None), Post.hidden_at.is_(None))),
    )


def _lines(session: Session, actor: Actor, asked: _Folded) -> list[Line]:
    folded = asked.subquery()
    rows = session.execute(
        select(Notice, folded.c.count, folded.c.people, folded.c.number)
        .join(folded, folded.c.id == Notice.id)
        .outerjoin(Notice.topic)
        .options(contains_eager(Notice.topic))
        .order_by(Notice.id.desc())
    ).all()
    who = people(session, {notice.actor_id for notice, *_ in rows if notice.actor_id is not None})
    return [_line(notice, count, summed, number, who) for notice, count, summed, number in rows]


def _line(notice: Notice, count: int, summed: int, number: int, who: Mapping[int, Person]) -> Line:
    kind, actor = KINDS[notice.kind], who.get(notice.actor_id or 0)
    title = notice.topic.title if notice.topic is not None else notice.title
    many = count if kind.folds else max(summed, notice.people)
    return Line(
        id=notice.id,
        kind=kind,
        says=kind.says(actor=actor.shown_name if actor else "", title=title, count=many),
        title=title,
        opens=_opens(notice, kind, number),
        at=notice.created_at,
        unread=notice.read_at is None,
        actor=actor if many == 1 else None,
    )


def _opens(notice: Notice, kind: Kind, number: int) -> str:
    if notice.topic is None:
        return notice.url
    if kind.folds and notice.read_at is None:
        return unread_path(notice.topic)
    return number_path(notice.topic, number or notice.number or 1)
