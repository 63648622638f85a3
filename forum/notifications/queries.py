"""Reads of notices: the bell, the centre, what a topic's page makes seen. Rights are asked again when they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, SQLColumnExpression, and_, exists, func, literal, or_, select
from sqlalchemy.orm import Session, contains_eager

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.notifications.kinds import CHANNELS, KINDS, MENTIONS, REPLIES, Kind
from forum.notifications.models import ChannelChoice, Notice
from forum.permissions import Actor
from forum.posts import wording
from forum.posts.addresses import number_path, unread_path
from forum.posts.models import Post, Reaction, Topic
from forum.posts.queries import Person, people, visible
from forum.posts.tallies import shown

PER_PAGE = 30
BELL_MOST = 99
# As much of a reason as a line could show.
_SAID = 300
# Unread rows that are looked at for the bell, however many there are.
_BELL_ROWS = 400

_UNREAD = (Notice.read_at.is_(None), Notice.on_site)

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
    # What was said about it, where that is the news: why an idea is in another state.
    because: str = ""


@dataclass(frozen=True)
class Centre:
    """A page of the centre. `unread`: whether anything at all is unread."""

    lines: Sequence[Line]
    show: str
    page: int
    has_more: bool


def bell() -> ColumnElement[int]:
    """SQL beside an Account: how many lines are unread, at most as many as `_BELL_ROWS` rows make."""
    return _unread_lines(Account.id)


def _unread_lines(account_id: int | SQLColumnExpression[int]) -> ColumnElement[int]:
    """SQL: lines that are unread, and about something that the account may see."""
    waiting = select(Notice.fold, Notice.topic_id, Notice.post_id).where(Notice.recipient_id == account_id, *_UNREAD)
    rows = waiting.limit(_BELL_ROWS).correlate(Account).subquery()
    sees_topic = and_(Topic.deleted_at.is_(None), boards.seen_by(Topic.board_id, account_id))
    lines = (
        select(func.count(rows.c.fold.distinct()))
        .outerjoin(Topic, Topic.id == rows.c.topic_id)
        .outerjoin(Post, Post.id == rows.c.post_id)
        .where(or_(rows.c.topic_id.is_(None), sees_topic), or_(rows.c.post_id.is_(None), _in_view()))
    )
    return lines.correlate(Account).scalar_subquery()


def _in_view() -> ColumnElement[bool]:
    return and_(Post.deleted_at.is_(None), Post.hidden_at.is_(None))


@dataclass(frozen=True)
class MatrixRow:
    """A kind, and the channels through which the actor hears of it."""

    key: str
    label: str
    icon: str
    on: frozenset[str]


def matrix(session: Session, actor: Actor) -> Sequence[MatrixRow]:
    """Every kind with its channels: as chosen, else by default."""
    chosen = {
        (choice.kind, choice.channel): choice.is_on
        for choice in session.scalars(select(ChannelChoice).where(ChannelChoice.account_id == actor.account_id))
    }

    def on(kind: Kind) -> frozenset[str]:
        return frozenset(name for name in CHANNELS if chosen.get((kind.key, name), name in kind.channels))

    return [MatrixRow(kind.key, _(kind.label), kind.icon, on(kind)) for kind in KINDS.values()]


@dataclass(frozen=True, slots=True)
class Watched:
    """What an open page may ask about: whose bell (0: nobody's), which topic (0: none), which boards' lists."""

    account_id: int
    topic_id: int
    boards: tuple[int, ...]


class News(NamedTuple):
    """What there is: lines at the bell, replies in the topic, topics with news in the lists. At most 100 of each."""

    bell: int
    replies: int
    topics: int


def news(session: Session, watched: Watched, after: int, since: datetime) -> News:
    """One statement of at most three short walks along indexes; what the page does not watch is not looked at."""
    parts: list[ColumnElement[int]] = [literal(0), literal(0), literal(0)]
    if watched.account_id:
        parts[0] = _unread_lines(watched.account_id)
    if watched.topic_id:
        parts[1] = _capped(select(Post.id).where(Post.topic_id == watched.topic_id, Post.number > after, shown()))
    if watched.boards:
        moved = (Topic.bumped_at > since, Topic.deleted_at.is_(None), Topic.board_id.in_(watched.boards))
        parts[2] = _capped(select(Topic.id).where(*moved))
    row = session.execute(select(*parts)).one()
    return News(row[0], row[1], row[2])


def _capped(rows: Select[int]) -> ColumnElement[int]:
    return select(func.count()).select_from(rows.limit(100).subquery()).scalar_subquery()


def reactions_between(session: Session, since: datetime, until: datetime) -> Sequence[tuple[int, int, int]]:
    """Post, its author and how many people reacted to it in that time, the reaction that was told at once left out."""
    told = exists().where(
        Notice.post_id == Reaction.post_id, Notice.kind == "reaction", Notice.actor_id == Reaction.account_id
    )
    rows = session.execute(
        select(Reaction.post_id, Post.author_id, func.count(Reaction.account_id.distinct()))
        .join(Post, Post.id == Reaction.post_id)
        .where(Reaction.created_at >= since, Reaction.created_at < until, Post.author_id.is_not(None), ~told, shown())
        .group_by(Reaction.post_id, Post.author_id)
        .order_by(Reaction.post_id)
    )
    return [(post_id, author_id or 0, count) for post_id, author_id, count in rows]


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
        or_(Notice.post_id.is_(None), _in_view()),
    )


def _lines(session: Session, actor: Actor, asked: _Folded) -> list[Line]:
    folded = asked.subquery()
    rows = session.execute(
        select(Notice, folded.c.count, folded.c.people, folded.c.number, Post.action, func.substr(Post.plain, 1, _SAID))
        .join(folded, folded.c.id == Notice.id)
        .outerjoin(Notice.topic)
        .outerjoin(Notice.post)
        .options(contains_eager(Notice.topic))
        .order_by(Notice.id.desc())
    ).all()
    who = people(session, {notice.actor_id for notice, *_ in rows if notice.actor_id is not None})
    return [_line(notice, _Fold(*fold), action, said, who) for notice, *fold, action, said in rows]


class _Fold(NamedTuple):
    """How many notices are in a line, how many people, the lowest number."""

    notices: int
    people: int
    number: int


def _line(notice: Notice, fold: _Fold, action: str | None, said: str | None, who: Mapping[int, Person]) -> Line:
    kind, actor = KINDS[notice.kind], who.get(notice.actor_id or 0)
    title = notice.topic.title if notice.topic is not None else notice.title
    many = fold.notices if kind.folds else max(fold.people, notice.people)
    name = actor.shown_name if actor else ""
    return Line(
        id=notice.id,
        kind=kind,
        says=_news(kind, action or "", name) or kind.says(actor=name, title=title, count=many),
        title=title,
        opens=_opens(notice, kind, fold.number),
        at=notice.created_at,
        unread=notice.read_at is None,
        actor=actor if many == 1 else None,
        because=(said or "") if kind.says_why else "",
    )


def _news(kind: Kind, action: str, name: str) -> str:
    """What a note in the stream says, where the notice is about one."""
    return wording.note(action).words % {"name": name or _("Somebody")} if kind.says_why and action else ""


def _opens(notice: Notice, kind: Kind, number: int) -> str:
    if notice.topic is None:
        return notice.url
    if kind.folds and notice.read_at is None:
        return unread_path(notice.topic)
    return number_path(notice.topic, number or notice.number or 1)
