"""What was promised to members who began topics: when they asked, and the first reply that keeps a promise.

One place for the queue of duties, for how promises are kept and for what the guard asks. Each promise is the one that
held when the topic was begun. What is *countable* is said in `countable.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from forum.boards.models import Board
from forum.boards.reach import public
from forum.organization import duties
from forum.organization.charter import Kind
from forum.organization.intents import Intent
from forum.organization.promises import SPAN, Promise, is_recent
from forum.organization.queries.chartering import REMEMBERED, charter_history
from forum.organization.versions import History
from forum.posts import ideas
from forum.posts.countable import meant, stands
from forum.posts.models import Post, Topic

ANSWERS = (str(Intent.ANSWER), str(Intent.OFFICIAL))
_STATED = [f"idea.{state}" for state in ideas.STATES if state != ideas.NEW]
_DECIDED = [f"idea.{state}" for state in ideas.DECIDED]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A topic that a member began. `replied_at`: the first reply by a human being who is not its author; `answered_at`:
    the first by which the staff answers; `stated_at`, `decided_at`: of an idea."""

    id: int
    slug: str
    title: str
    board_id: int
    board: str
    is_idea: bool
    asked_at: datetime
    wants_organization: bool
    is_urgent: bool
    has_stand_by: bool
    merged_away: bool
    closed_at: datetime | None
    is_newcomers: bool
    replied_at: datetime | None
    answered_at: datetime | None
    stated_at: datetime | None = None
    decided_at: datetime | None = None

    def promised(self) -> Iterator[tuple[Kind, datetime | None]]:
        """What can be promised to whoever began it, and when it was done. Who was sent elsewhere waits there."""
        if not self.merged_away:
            if self.is_newcomers:
                yield Kind.NEWCOMER_HELLO, self.replied_at
            yield Kind.NO_SILENCE, self.replied_at
            if self.wants_organization:
                yield Kind.ORG_QUESTION, self.answered_at
        if self.is_idea:
            yield Kind.IDEA_STATUS, self.stated_at
            yield Kind.IDEA_DECISION, self.decided_at


@dataclass(frozen=True, slots=True)
class Item:
    """One promise to one person."""

    kind: Kind
    topic: Waiting
    promise: Promise

    @property
    def is_done(self) -> bool:
        return self.promise.done_at is not None


def items(
    session: Session,
    history: History,
    now: datetime,
    where: Sequence[ColumnElement[bool]],
    *,
    only_open: bool = False,
    kinds: Collection[Kind] = tuple(Kind),
) -> Iterator[Item]:
    """What was promised and was due within the last 28 days, or is due later. Three questions at most.

    `where`: SQL over Topic and Board. `only_open`: what nobody has done yet, and still can; whoever asked the
    organization itself is among it without a promise, too. What was closed before it was due is left out.
    """
    since = now - SPAN - history.longest_wait()
    scope = (Topic.created_at > since, Topic.created_at <= now, Topic.deleted_at.is_(None), *where)
    for topic in _waiting(session, scope, only_open=only_open):
        held = history.at(topic.asked_at)
        for kind, done_at in topic.promised():
            if kind not in kinds or (only_open and done_at is not None):
                continue
            promise = duties.promised(kind, topic.asked_at, held.commitments, held.service, done_at)
            if promise is None and only_open and kind is Kind.ORG_QUESTION:
                promise = duties.wished(topic.asked_at)
            if promise is not None and not _is_moot(topic, promise) and is_recent(promise, now):
                yield Item(kind, topic, promise)


def of_everybody(session: Session, now: datetime, *, only_open: bool = False) -> Iterator[Item]:
    """The same on all boards that every member may see. Four questions at most."""
    where = [public(), Board.archived_at.is_(None)]
    return items(session, charter_history(session, now, REMEMBERED), now, where, only_open=only_open)


def _is_moot(topic: Waiting, promise: Promise) -> bool:
    """Nobody could do it any more when it was due."""
    if promise.done_at is not None or topic.closed_at is None:
        return False
    return (due_at := promise.due_at) is None or topic.closed_at <= due_at


def _waiting(session: Session, scope: Sequence[ColumnElement[bool]], *, only_open: bool) -> list[Waiting]:
    rows = session.execute(_topics(scope, only_open=only_open)).all()
    found = {row.id: Waiting(*row) for row in rows}
    for topic_id, replies in _taken_back(session, scope).items():
        if topic_id in found:
            found[topic_id] = _also_by(found[topic_id], replies)
    if any(topic.is_idea for topic in found.values()):
        for topic_id, stated_at, decided_at in session.execute(_steps(scope)):
            if topic_id in found:
                found[topic_id] = replace(found[topic_id], stated_at=stated_at, decided_at=decided_at)
    return list(found.values())


def _topics(scope: Sequence[ColumnElement[bool]], *, only_open: bool) -> Select[*tuple[Any, ...]]:
    opening, earlier = aliased(Post), aliased(Post)
    wrote_before = exists().where(
        earlier.author_id == Topic.author_id, earlier.created_at < Topic.created_at, earlier.action == ""
    )
    replied, answered = _first(_by_people()), _first(_answers())
    asked = (
        select(
            Topic.id,
            Topic.slug,
            Topic.title,
            Topic.board_id,
            Board.name,
            Board.kind == "idea",
            Topic.created_at,
            Topic.wants_org,
            Topic.urgent_at.is_not(None),
            Topic.stand_by_id.is_not(None),
            Topic.duplicate_of_id.is_not(None),
            func.coalesce(Topic.locked_at, Topic.archived_at, type_=Topic.locked_at.type),
            and_(Topic.author_id.is_not(None), ~wrote_before),
            replied,
            answered,
        )
        .join(Board, Board.id == Topic.board_id)
        .join(opening, and_(opening.topic_id == Topic.id, opening.number == 1))
        .where(*scope, opening.affiliation_kind == "", opening.hidden_at.is_(None))
        .order_by(Topic.id)
    )
    if only_open:
        waits = or_(replied.is_(None), and_(Topic.wants_org, answered.is_(None)), Board.kind == "idea")
        asked = asked.where(waits, Topic.locked_at.is_(None), Topic.archived_at.is_(None))
    return asked


def _by_people() -> ColumnElement[bool]:
    return Post.affiliation_kind != "bot"


def _answers() -> ColumnElement[bool]:
    return and_(Post.affiliation_kind == "staff", Post.intent.in_(ANSWERS))


def _first(whose: ColumnElement[bool]) -> ScalarSelect[datetime]:
    """SQL beside Topic: when the first reply of somebody else's came that still stands."""
    return (
        select(Post.created_at)
        .where(
            Post.topic_id == Topic.id,
            Post.number > 1,
            Post.author_id.is_distinct_from(Topic.author_id),
            Post.deleted_at.is_(None),
            Post.hidden_at.is_(None),
            meant(),
            whose,
        )
        .order_by(Post.number)
        .limit(1)
        .correlate(Topic)
        .scalar_subquery()
    )


def _taken_back(session: Session, scope: Sequence[ColumnElement[bool]]) -> Mapping[int, Sequence[Post]]:
    """Replies that their authors deleted so late that they count: few, and the database reckons no hours."""
    rows = session.scalars(
        select(Post)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(
            *scope,
            Post.deleted_at.is_not(None),
            Post.deleted_by_id == Post.author_id,
            Post.hidden_at.is_(None),
            Post.number > 1,
            Post.author_id.is_distinct_from(Topic.author_id),
            meant(),
        )
    )
    found: dict[int, list[Post]] = defaultdict(list)
    for post in rows:
        if stands(post.created_at, post.author_id, post.deleted_at, post.deleted_by_id, None):
            found[post.topic_id].append(post)
    return found


def _also_by(topic: Waiting, replies: Sequence[Post]) -> Waiting:
    people = [post.created_at for post in replies if post.affiliation_kind != "bot"]
    answers = [post.created_at for post in replies if post.affiliation_kind == "staff" and post.intent in ANSWERS]
    return replace(
        topic, replied_at=_earliest(topic.replied_at, people), answered_at=_earliest(topic.answered_at, answers)
    )


def _earliest(known: datetime | None, others: Sequence[datetime]) -> datetime | None:
    return min([*others, *([known] if known is not None else [])], default=None)


def _steps(scope: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """Ideas: when they were first told how far they are, and when it was decided."""
    decided = func.min(Post.created_at).filter(Post.action.in_(_DECIDED))
    return (
        select(Post.topic_id, func.min(Post.created_at), decided)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(*scope, Board.kind == "idea", Post.action.in_(_STATED))
        .group_by(Post.topic_id)
    )
