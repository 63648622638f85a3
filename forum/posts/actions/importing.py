"""Bringing whole topics in, from another forum or the demo's texts: the same rows, counters and pointers as the
other verbs leave, but no limits, notices or guard. `check` proves the equality.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards.models import Board, Tag
from forum.organization.intents import Intent
from forum.organization.voices import PLAIN, Voice
from forum.permissions import Act, Actor, require
from forum.posts import standing, tallies, texts
from forum.posts.addresses import slug_of
from forum.posts.drafts import Written
from forum.posts.models import Post, Reaction, Topic, TopicTag
from forum.posts.text_models import PostText

# Without it rows are written apart by which of their columns are empty: nearly one by one.
TOGETHER = {"render_nulls": True}


@dataclass(frozen=True)
class ImportedPost:
    """A post as it stood elsewhere. `reactions`: (account id, kind, when)."""

    number: int
    author_id: int | None
    created_at: datetime
    body: Written
    action: str = ""
    reply_to_number: int | None = None
    edited_at: datetime | None = None
    hidden_at: datetime | None = None
    deleted_at: datetime | None = None
    is_wiki: bool = False
    organization_id: int | None = None
    affiliation_kind: str = ""
    voice: Voice = PLAIN
    likes: int = 0
    reactions: Sequence[tuple[int, str, datetime]] = ()

    @property
    def is_shown(self) -> bool:
        return not self.action and self.deleted_at is None and self.hidden_at is None


@dataclass(frozen=True)
class ImportedTopic:
    """A topic with all its posts, in the order of their numbers; there is at least one."""

    board_id: int
    author_id: int | None
    title: str
    created_at: datetime
    posts: Sequence[ImportedPost]
    slug: str = ""
    tag_ids: Sequence[int] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    starts_at: datetime | None = None
    wants_org: bool = False
    keeper_id: int | None = None
    locked_at: datetime | None = None
    archived_at: datetime | None = None
    deleted_at: datetime | None = None
    pinned_at: datetime | None = None
    pinned_until: datetime | None = None
    pin_scope: str = ""
    accepted_number: int | None = None
    accepted_at: datetime | None = None
    # None where it is not known who chose the answer.
    accepted_by_id: int | None = None
    views: int = 0


@dataclass(frozen=True)
class ImportedIds:
    """Where a topic went: its id, and post number → id."""

    topic_id: int
    post_ids: Mapping[int, int]


def import_topics(session: Session, actor: Actor, topics: Sequence[ImportedTopic]) -> list[ImportedIds]:
    """Write topics with their posts, reactions, tags and counters, in a handful of statements for all of them."""
    require(actor, Act.IMPORT)
    if not topics:
        return []
    topic_ids = session.scalars(
        insert(Topic).returning(Topic.id, sort_by_parameter_order=True),
        [_topic_row(topic) for topic in topics],
        execution_options=TOGETHER,
    ).all()
    ids = list(topic_ids)
    pairs = [(topic_id, post) for topic_id, topic in zip(ids, topics, strict=True) for post in topic.posts]
    post_ids = session.scalars(
        insert(Post).returning(Post.id, sort_by_parameter_order=True),
        [_post_row(*pair) for pair in pairs],
        execution_options=TOGETHER,
    ).all()
    placed: dict[int, dict[int, int]] = {topic_id: {} for topic_id in ids}
    for (topic_id, post), post_id in zip(pairs, post_ids, strict=True):
        placed[topic_id][post.number] = post_id
    result = [ImportedIds(topic_id, placed[topic_id]) for topic_id in ids]
    _point(session, topics, result)
    _make_searchable(session, topics, result)
    _react(session, topics, result)
    standing.settle_all(session, ids)
    _tag(session, topics, ids)
    _count(session, topics)
    for board_id in {topic.board_id for topic in topics}:
        tallies.point_board(session, board_id)
    return result


def _shown(topic: ImportedTopic) -> list[ImportedPost]:
    return [post for post in topic.posts if post.is_shown]


def _topic_row(topic: ImportedTopic) -> dict[str, Any]:
    shown = _shown(topic)
    bumping = [post for post in shown if post.voice.intent not in tallies.SOFT_INTENTS]
    voices = dict.fromkeys(post.author_id for post in reversed(shown) if post.author_id is not None)
    return {
        "board_id": topic.board_id,
        "author_id": topic.author_id,
        "title": topic.title[:255],
        "slug": topic.slug[:120] or slug_of(topic.title),
        "created_at": topic.created_at,
        "fields": dict(topic.fields),
        "starts_at": topic.starts_at,
        "wants_org": topic.wants_org,
        "keeper_id": topic.keeper_id,
        "bumped_at": bumping[-1].created_at if bumping else topic.created_at,
        "last_number": max(post.number for post in topic.posts),
        "last_post_at": shown[-1].created_at if shown else topic.created_at,
        "last_post_number": shown[-1].number if shown else 0,
        "post_count": len(shown),
        "face_ids": tallies.faces(topic.author_id, list(voices)),
        "accepted_at": topic.accepted_at if _accepted(topic) else None,
        "accepted_by_id": topic.accepted_by_id if _accepted(topic) else None,
        "imported_views": topic.views,
        "locked_at": topic.locked_at,
        "archived_at": topic.archived_at,
        "deleted_at": topic.deleted_at,
        "hidden_at": next((post.hidden_at for post in topic.posts if post.number == 1), None),
        "pinned_at": topic.pinned_at,
        "pinned_until": topic.pinned_until,
        "pin_scope": topic.pin_scope,
        "is_seed": topic.posts[0].voice.intent == Intent.SEED,
    }


def _post_row(topic_id: int, post: ImportedPost) -> dict[str, Any]:
    return {
        "topic_id": topic_id,
        "number": post.number,
        "author_id": post.author_id,
        "created_at": post.created_at,
        "action": post.action[:40],
        "reply_to_number": post.reply_to_number,
        "source": post.body.source,
        "source_kind": str(post.body.kind),
        "html": post.body.rendered.html,
        "plain": post.body.rendered.plain,
        "words": post.body.rendered.words,
        "renderer_version": post.body.rendered.version,
        "edited_at": post.edited_at,
        "is_wiki": post.is_wiki,
        "hidden_at": post.hidden_at,
        "deleted_at": post.deleted_at,
        "organization_id": post.organization_id,
        "affiliation_kind": post.affiliation_kind,
        "intent": post.voice.intent,
        "capacity": post.voice.capacity,
        "role": post.voice.role,
        "imported_likes": post.likes,
    }


def _accepted(topic: ImportedTopic) -> ImportedPost | None:
    return next((post for post in _shown(topic) if post.number == topic.accepted_number), None)


def _point(session: Session, topics: Sequence[ImportedTopic], ids: Sequence[ImportedIds]) -> None:
    """Pointers to posts, now that they have ids."""
    rows = []
    for topic, placed in zip(topics, ids, strict=True):
        shown, accepted = _shown(topic), _accepted(topic)
        rows.append(
            {
                "id": placed.topic_id,
                "last_post_id": placed.post_ids[shown[-1].number] if shown else None,
                "accepted_post_id": placed.post_ids[accepted.number] if accepted else None,
            }
        )
    session.execute(update(Topic), rows)


def _make_searchable(session: Session, topics: Sequence[ImportedTopic], ids: Sequence[ImportedIds]) -> None:
    rows = [
        texts.row(
            placed.post_ids[post.number],
            post.number,
            topic.title[:255],
            post.body.rendered.html,
            post.body.searchable,
        )
        for topic, placed in zip(topics, ids, strict=True)
        for post in topic.posts
        if not post.action
    ]
    if rows:
        session.execute(insert(PostText), rows)


def _react(session: Session, topics: Sequence[ImportedTopic], ids: Sequence[ImportedIds]) -> None:
    rows = [
        {"post_id": placed.post_ids[post.number], "account_id": account_id, "kind": kind, "created_at": at}
        for topic, placed in zip(topics, ids, strict=True)
        for post in topic.posts
        for account_id, kind, at in post.reactions
    ]
    if rows:
        session.execute(insert(Reaction), rows)


def _tag(session: Session, topics: Sequence[ImportedTopic], ids: Sequence[int]) -> None:
    rows = [
        {"topic_id": topic_id, "tag_id": tag_id}
        for topic_id, topic in zip(ids, topics, strict=True)
        for tag_id in dict.fromkeys(topic.tag_ids)
    ]
    if rows:
        session.execute(insert(TopicTag), rows)


def _count(session: Session, topics: Sequence[ImportedTopic]) -> None:
    """Add what came in to the counters of boards, people and tags, one statement a counter."""
    living = [topic for topic in topics if topic.deleted_at is None]
    boards, tags = Counter(topic.board_id for topic in living), Counter[int]()
    board_posts, openers, writers, answerers = Counter[int](), Counter[int](), Counter[int](), Counter[int]()
    for topic in living:
        shown, accepted = _shown(topic), _accepted(topic)
        board_posts[topic.board_id] += len(shown)
        tags.update(set(topic.tag_ids))
        openers.update([topic.author_id] if topic.author_id is not None else [])
        writers.update(post.author_id for post in shown if post.author_id is not None)
        answerers.update([accepted.author_id] if accepted and accepted.author_id is not None else [])
    for column, steps in (
        (Board.topic_count, boards),
        (Board.post_count, board_posts),
        (Account.topic_count, openers),
        (Account.post_count, writers),
        (Account.accepted_count, answerers),
        (Tag.topic_count, tags),
    ):
        tallies.add_all(session, column, steps)
