"""Where a topic is linked from, and what the words of posts say about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.queries import ignoring
from forum.search.links import SIGNS, OldAddress, linked
from forum.search.models import TopicLink
from forum.search.queries.filters import readable
from forum.search.queries.similar import SimilarTopic

MOST = 10

OldTopics = Callable[[Session, Collection[OldAddress]], Mapping[OldAddress, int]]
"""Tells which topics stood at old addresses; a capability above knows."""


class Linking(NamedTuple):
    """A post, and what it says."""

    post_id: int
    topic_id: int
    html: str


class LinkDrift(NamedTuple):
    """Which topics a post is kept to link to, and which it does."""

    post_id: int
    kept: set[int]
    said: set[int]


def linked_from(session: Session, actor: Actor, topic: Topic) -> Sequence[SimilarTopic]:
    """Topics with a post that `actor` may read and that links to `topic`, or to one that was merged into it; the latest
    first."""
    merged = select(Topic.id).join(Post, Post.id == Topic.merged_post_id).where(Post.topic_id == topic.id)
    here = or_(TopicLink.to_topic_id == topic.id, TopicLink.to_topic_id.in_(merged))
    latest = (
        select(Post.topic_id, func.max(Post.id).label("post_id"))
        .join(TopicLink, TopicLink.from_post_id == Post.id)
        .join(Post.topic)
        .where(here, Post.topic_id != topic.id, readable(actor), ignoring.posts(actor))
        .group_by(Post.topic_id)
        .order_by(func.max(Post.id).desc())
        .limit(MOST)
        .subquery()
    )
    rows = select(Topic).join(latest, latest.c.topic_id == Topic.id).options(joinedload(Topic.board, innerjoin=True))
    return [SimilarTopic(found) for found in session.scalars(rows.order_by(latest.c.post_id.desc()))]


def linking_posts(session: Session, after: int, limit: int) -> list[Linking]:
    """The next posts after an id that may link to a topic, or that are kept as if they did."""
    said = or_(*(Post.html.contains(sign, autoescape=True) for sign in SIGNS))
    kept = exists().where(TopicLink.from_post_id == Post.id)
    posts = select(Post.id, Post.topic_id, Post.html).where(Post.id > after, Post.action == "", or_(said, kept))
    return [Linking(*row) for row in session.execute(posts.order_by(Post.id).limit(limit))]


def link_drifts(session: Session, posts: Sequence[Linking], old: OldTopics) -> list[LinkDrift]:
    """Those of the posts that link to other topics than is kept of them; in at most four reads for all of them."""
    said, kept = _said(session, posts, old), _kept(session, [post.post_id for post in posts])
    both = (LinkDrift(post_id, kept[post_id], said[post_id]) for post_id in said)
    return [one for one in both if one.kept != one.said]


def _said(session: Session, posts: Sequence[Linking], old: OldTopics) -> dict[int, set[int]]:
    """Post id → the other topics that it links to."""
    said = {post.post_id: linked(post.html) for post in posts}
    addresses = {address for one in said.values() for address in one.old}
    stood = old(session, addresses) if addresses else {}
    named = {number for one in said.values() for number in one.topics} | set(stood.values())
    there = set(session.scalars(select(Topic.id).where(Topic.id.in_(named)))) if named else set()
    meant = {number for one in said.values() for number in one.posts}
    places = select(Post.id, Post.topic_id).where(Post.id.in_(meant))
    topic_of = {row.id: row.topic_id for row in session.execute(places)} if meant else {}
    found: dict[int, set[int]] = {}
    for post in posts:
        one = said[post.post_id]
        topics = (one.topics | {stood[address] for address in one.old if address in stood}) & there
        topics |= {topic_of[number] for number in one.posts if number in topic_of}
        found[post.post_id] = set(topics) - {post.topic_id}
    return found


def _kept(session: Session, post_ids: Sequence[int]) -> dict[int, set[int]]:
    """The same, as it is kept."""
    rows = select(TopicLink.from_post_id, TopicLink.to_topic_id).where(TopicLink.from_post_id.in_(post_ids))
    kept: dict[int, set[int]] = {post_id: set() for post_id in post_ids}
    for post_id, topic_id in session.execute(rows):
        kept[post_id].add(topic_id)
    return kept
