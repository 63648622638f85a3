"""Whom one could recognize: members suggest it, by thanking, accepting, confirming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import NotFound
from forum.organization import queries as organizations
from forum.permissions import Act, Actor, Role, require
from forum.permissions.speaking import is_human_of_organization
from forum.posts.limits import THANKS
from forum.posts.models import Post, Reaction, Topic
from forum.posts.queries import visible
from forum.posts.tallies import shown
from forum.recognition.eligibility import may_be_recognized
from forum.recognition.mix import Advice, Candidate, Mix, standing, top_tenth
from forum.recognition.models import Recognition
from forum.recognition.queries.choosing import mix_of, writers
from forum.recognition.words import FRESH, LATELY, REST

SEVERAL = 2
MOST_READ, MOST_SHOWN = 200, 30


class Why(StrEnum):
    """What speaks for a post."""

    THANKED = "thanked"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    FIRST_HELP = "first_help"


@dataclass(frozen=True)
class Suggested:
    """A post, what speaks for it, how many members thank for it, and how its author stands to the mix."""

    post: Post
    why: Sequence[Why]
    thanks: int
    candidate: Candidate


@dataclass(frozen=True)
class Suggestions:
    """The page of a Recognizer: first those who were not recognized lately, one post a member."""

    mix: Mix
    advice: Advice
    posts: Sequence[Suggested]


def suggestions(session: Session, actor: Actor) -> Suggestions:
    """Posts of the last 7 days, on boards for which the actor recognizes, by members who can be recognized now."""
    require(actor, Act.SEE_RECOGNIZING)
    now = clock.now()
    organization_id = actor.belonging.organization_id if actor.belonging is not None else 0
    mix = mix_of(session, organization_id, now)
    found = _found(session, actor, now)
    lately = _recognized(session, [post.author_id for post, *_ in found if post.author_id], now)
    top = top_tenth(writers(session, now)) if found else frozenset()
    rows = [
        Suggested(
            post,
            [why for why, holds in zip(Why, (thanks >= SEVERAL, *reasons), strict=True) if holds],
            thanks,
            Candidate(post.author_id not in lately, post.author_id not in top),
        )
        for post, thanks, *reasons in found
    ]
    rows.sort(key=lambda row: (row.candidate.not_lately, len(row.why), row.thanks, row.post.id), reverse=True)
    best: dict[int | None, Suggested] = {}
    for row in rows:
        best.setdefault(row.post.author_id, row)
    return Suggestions(mix, standing(mix), list(best.values())[:MOST_SHOWN])


def given_lately(session: Session, actor: Actor) -> Sequence[Recognition]:
    """What the actor's organization gave in the last 28 days, for its Recognizers: so that two do not say the same."""
    require(actor, Act.SEE_RECOGNIZING)
    organization_id = actor.belonging.organization_id if actor.belonging is not None else 0
    return session.scalars(
        _placed()
        .where(
            Recognition.organization_id == organization_id,
            Recognition.withdrawn_at.is_(None),
            Recognition.created_at > clock.now() - REST,
            visible.posts(actor),
        )
        .order_by(Recognition.created_at.desc(), Recognition.id.desc())
    ).all()


def given(session: Session, actor: Actor, recognition_id: int) -> Recognition:
    """A recognition with its post, for who may take it back; NotFound."""
    row = session.scalars(_placed().where(Recognition.id == recognition_id)).first()
    if row is None:
        raise NotFound
    require(actor, Act.TAKE_RECOGNITION_BACK, row)
    return row


def thankable(session: Session, actor: Actor, topic: Topic) -> Sequence[Post]:
    """The latest posts of members in a topic, for people of an organization who thank with a note."""
    require(actor, Act.REPLY, topic)
    if not is_human_of_organization(actor, topic):
        raise NotFound
    rows = session.scalars(
        select(Post)
        .join(Post.topic)
        .options(joinedload(Post.author))
        .where(
            Post.topic_id == topic.id,
            Post.affiliation_kind == "",
            Post.action == "",
            Post.author_id.is_not(None),
            Post.author_id != actor.account_id,
            visible.listed(actor),
            shown(),
        )
        .order_by(Post.number.desc())
        .limit(MOST_SHOWN)
    )
    return rows.all()


def _placed() -> Select[Recognition]:
    return (
        select(Recognition)
        .join(Recognition.post)
        .join(Post.topic)
        .options(
            contains_eager(Recognition.post).contains_eager(Post.topic).joinedload(Topic.board),
            joinedload(Recognition.account),
            joinedload(Recognition.by),
            joinedload(Recognition.award),
        )
    )


def _found(session: Session, actor: Actor, now: datetime) -> Sequence[tuple[Post, int, bool, bool, bool]]:
    thanks, accepted, confirmed, first_help = _thanks(now), _accepted(), _confirmed(), _first_help()
    boards = actor.belonging.roles.get(Role.RECOGNIZER) if actor.belonging is not None else None
    if boards is None:  # a Host who does not recognize looks at what others gave
        return []
    rows = session.execute(
        select(Post, thanks, _flag(accepted), _flag(confirmed), _flag(first_help))
        .join(Post.topic)
        .join(Account, Account.id == Post.author_id)
        .options(contains_eager(Post.topic).joinedload(Topic.board), joinedload(Post.author))
        .where(
            Post.created_at > now - FRESH,
            Post.affiliation_kind == "",
            Post.action == "",
            Post.author_id != actor.account_id,
            visible.listed(actor),
            shown(),
            Topic.board_id.in_(boards) if boards else literal(True),
            may_be_recognized(now),
            ~_recognized_beside(now),
            or_(thanks >= SEVERAL, accepted, confirmed, first_help),
        )
        .order_by(Post.id.desc())
        .limit(MOST_READ)
    )
    return [(post, count, bool(a), bool(b), bool(c)) for post, count, a, b, c in rows]


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _thanks(now: datetime) -> SQLColumnExpression[int]:
    """Members who thank for it; the organization's own thanks suggest nothing."""
    return (
        select(func.count(Reaction.account_id, type_=Integer))
        .where(Reaction.post_id == Post.id, Reaction.kind == THANKS, ~organizations.belongs(Reaction.account_id, now))
        .correlate(Post)
        .scalar_subquery()
    )


def _accepted() -> ColumnElement[bool]:
    return and_(Topic.accepted_post_id == Post.id, Topic.accepted_by_id != Post.author_id)


def _confirmed() -> ColumnElement[bool]:
    return and_(Post.number > 1, Post.peers_confirmed_at.is_not(None))


def _first_help() -> ColumnElement[bool]:
    """Their first reply to somebody else here."""
    earlier, there = aliased(Post), aliased(Topic)
    before = (
        select(earlier.id)
        .join(there, there.id == earlier.topic_id)
        .where(
            earlier.author_id == Post.author_id,
            earlier.id < Post.id,
            earlier.number > 1,
            earlier.action == "",
            or_(there.author_id.is_(None), there.author_id != earlier.author_id),
        )
        .correlate(Post)
        .exists()
    )
    return and_(Post.number > 1, Topic.author_id != Post.author_id, ~before)


def _recognized_beside(now: datetime) -> ColumnElement[bool]:
    mine = (
        Recognition.account_id == Post.author_id,
        Recognition.withdrawn_at.is_(None),
        Recognition.created_at > now - REST,
    )
    return exists().where(*mine).correlate_except(Recognition)


def _recognized(session: Session, account_ids: Sequence[int], now: datetime) -> frozenset[int]:
    rows = session.scalars(
        select(Recognition.account_id).where(
            Recognition.account_id.in_(account_ids),
            Recognition.withdrawn_at.is_(None),
            Recognition.created_at > now - LATELY,
        )
    )
    return frozenset(rows)
