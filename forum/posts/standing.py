"""How topics stand, as SQL over the rows: who answered, which reply stands under a question, how many back it.

`check` holds the stored values to these expressions; verbs that may have changed one store them anew with `settle`.
Only boards of questions show an answer, but the values mean the same everywhere, so that a board may change its kind.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from forum.organization.intents import SOFT
from forum.organization.models import Affiliation
from forum.posts.models import Post, Reaction, Topic
from forum.posts.outcome_models import TOO, VOTE, Backing
from forum.site.models import SITE_ID, Site
from forum.site.settings import TABLE

SOFT_INTENTS = tuple(intent.value for intent in SOFT)


def shown() -> ColumnElement[bool]:
    """A post whose words count, its topic's own state left aside."""
    return and_(Post.action == "", Post.deleted_at.is_(None), Post.hidden_at.is_(None))


def _worked() -> Select[Any]:
    """Reactions of peers for whom a post worked. Who belonged to an organization when they reacted is no peer."""
    affiliated = select(Affiliation.id).where(
        Affiliation.account_id == Reaction.account_id,
        Affiliation.since <= Reaction.created_at,
        or_(Affiliation.until.is_(None), Affiliation.until > Reaction.created_at),
    )
    return (
        select()
        .select_from(Reaction)
        .where(
            Reaction.post_id == Post.id,
            Reaction.kind == "worked_for_me",
            Reaction.account_id.is_distinct_from(Post.author_id),
            ~affiliated.exists(),
        )
        .correlate(Post)
    )


def worked_count() -> ScalarSelect[Any]:
    """Peers for whom it worked."""
    return _worked().with_only_columns(func.count(), maintain_column_froms=True).scalar_subquery()


def peers_confirmed_at() -> ScalarSelect[Any]:
    """When as many of them had said so as the setting asks for."""
    needed = func.coalesce(Site.settings["peers_needed"].as_integer(), TABLE["peers_needed"].default)
    return (
        _worked()
        .with_only_columns(Reaction.created_at, maintain_column_froms=True)
        .order_by(Reaction.created_at, Reaction.account_id)
        .limit(1)
        .offset(select(needed - 1).where(Site.id == SITE_ID).scalar_subquery())
        .scalar_subquery()
    )


def _replies(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Post)
        .where(Post.topic_id == Topic.id, Post.number > 1, shown(), Post.author_id.is_distinct_from(Topic.author_id))
        .correlate(Topic)
    )


def peer_reply_count() -> ScalarSelect[Any]:
    """Replies of members other than the topic's author."""
    return _replies(func.count()).where(Post.affiliation_kind == "").scalar_subquery()


def first_peer_at() -> ScalarSelect[Any]:
    """When the first of them came."""
    return _replies(func.min(Post.created_at)).where(Post.affiliation_kind == "").scalar_subquery()


def staff_reply_count() -> ScalarSelect[Any]:
    """Replies of an organization that are more than a welcome or a thank-you."""
    said = (Post.affiliation_kind != "", Post.intent.not_in(SOFT_INTENTS))
    return _replies(func.count()).where(*said).scalar_subquery()


def answer_post_id() -> ScalarSelect[Any]:
    """The reply that stands under a question: one that is not outdated before one that is, then the accepted one, one
    that the organization confirmed, the one that worked for most."""
    here = aliased(Topic)  # SQLite does not look outside for what a subquery is ordered by
    accepted = Post.id == here.accepted_post_id
    good = or_(accepted, Post.org_confirmed_at.is_not(None), Post.peers_confirmed_at.is_not(None))
    return (
        select(Post.id)
        .join(here, here.id == Post.topic_id)
        .where(here.id == Topic.id, Post.number > 1, shown(), good)
        .order_by(
            Post.outdated_at.is_not(None),
            func.coalesce(accepted, False).desc(),
            Post.org_confirmed_at.is_(None),
            Post.worked_count.desc(),
            Post.number,
        )
        .limit(1)
        .correlate(Topic)
        .scalar_subquery()
    )


def _of_answer(column: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    return select(column).where(Post.id == Topic.answer_post_id).correlate(Topic).scalar_subquery()


def outdated_at() -> ScalarSelect[Any]:
    """When the answer was found to be outdated; where there is none, the opening post (a reference page)."""
    opening = and_(Topic.answer_post_id.is_(None), Post.number == 1)
    either = or_(Post.id == Topic.answer_post_id, opening)
    return (
        select(func.max(Post.outdated_at)).where(Post.topic_id == Topic.id, either).correlate(Topic).scalar_subquery()
    )


def solved_at() -> ScalarSelect[Any]:
    """Since when an answer stands that nobody found to be outdated."""
    accepted = case((Topic.accepted_post_id == Topic.answer_post_id, Topic.accepted_at))
    since = func.coalesce(accepted, Topic.org_confirmed_at, Topic.peers_confirmed_at, Topic.created_at)
    return (
        select(since)
        .where(Topic.answer_post_id.is_not(None), Topic.outdated_at.is_(None))
        .correlate(Topic)
        .scalar_subquery()
    )


def backers(kind: str) -> ScalarSelect[Any]:
    """Members who voted for an idea, or who have the same question."""
    return (
        select(func.count())
        .select_from(Backing)
        .where(Backing.topic_id == Topic.id, Backing.kind == kind)
        .correlate(Topic)
        .scalar_subquery()
    )


Meanings = dict[InstrumentedAttribute[Any], ScalarSelect[Any]]

OF_POSTS: Meanings = {Post.worked_count: worked_count(), Post.peers_confirmed_at: peers_confirmed_at()}

REPLIES: Meanings = {
    Topic.peer_reply_count: peer_reply_count(),
    Topic.first_peer_at: first_peer_at(),
    Topic.staff_reply_count: staff_reply_count(),
}

# Each leans on those before it.
ANSWER: Meanings = {
    Topic.answer_post_id: answer_post_id(),
    Topic.peers_confirmed_at: _of_answer(Post.peers_confirmed_at),
    Topic.org_confirmed_at: _of_answer(Post.org_confirmed_at),
    Topic.outdated_at: outdated_at(),
    Topic.solved_at: solved_at(),
}

BACKERS: Meanings = {Topic.vote_count: backers(VOTE), Topic.too_count: backers(TOO)}

OF_TOPICS: Meanings = {**REPLIES, **ANSWER, **BACKERS}


def settle(session: Session, topic: Topic, meanings: Meanings) -> None:
    """Store what the rows say of a topic, one value after another."""
    _store(session, Topic.id == topic.id, meanings)
    session.refresh(topic, [column.key for column in meanings])


def settle_post(session: Session, post: Post) -> None:
    """Store what the rows say of a post, then of the answer of its topic."""
    _store(session, Post.id == post.id, OF_POSTS)
    session.refresh(post, [column.key for column in OF_POSTS])
    settle(session, post.topic, ANSWER)


def settle_all(session: Session, topic_ids: list[int]) -> None:
    """The same for many topics and all their posts."""
    _store(session, Post.topic_id.in_(topic_ids), OF_POSTS)
    _store(session, Topic.id.in_(topic_ids), OF_TOPICS)


def _store(session: Session, which: ColumnElement[bool], meanings: Meanings) -> None:
    session.flush()
    for column, meaning in meanings.items():
        session.execute(
            update(column.class_)
            .where(which)
            .values({column.key: meaning})
            .execution_options(synchronize_session=False)
        )
