"""The centre: a member's notices as lines, newest first. Rights are asked again when they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, contains_eager

from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.notifications.kind import MENTIONS, REPLIES, Kind
from forum.notifications.kinds import KINDS
from forum.notifications.models import Notice
from forum.notifications.queries.in_sight import post_in_view, subject_in_sight
from forum.permissions import Actor
from forum.posts import wording
from forum.posts.addresses import number_path, unread_path
from forum.posts.models import Post, Topic
from forum.posts.queries import Person, people, visible

PER_PAGE = 30
# As much of a reason as a line could show.
_SAID = 300

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
        .where(Notice.recipient_id == actor.account_id, Notice.on_site, _may_see(actor), _wants(actor))
        .group_by(Notice.fold, read)
        .order_by(func.max(Notice.id).desc())
    )
    if show == UNREAD:
        return lines.where(read)
    return lines.where(Notice.kind.in_(families)) if families else lines


def _may_see(actor: Actor) -> ColumnElement[bool]:
    return and_(
        or_(Notice.topic_id.is_(None), visible.topics(actor)),
        or_(Notice.post_id.is_(None), post_in_view()),
        subject_in_sight(Notice.subject, Notice.kind, actor.account_id or 0),
    )


def _wants(actor: Actor) -> ColumnElement[bool]:
    """Not of what somebody did whom the actor ignores by now."""
    return or_(Notice.actor_id.is_(None), Notice.actor_id.not_in(actor.ignored)) if actor.ignored else true()


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
