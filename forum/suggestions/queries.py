"""Reads of suggestions: those that wait for somebody, their own, one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.boards.models import Board, Tag
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Right, Trust, allows
from forum.permissions.predicates import in_good_standing
from forum.posts.diff import Piece, condensed, diff
from forum.posts.models import Post, Topic, TopicTag
from forum.suggestions.fitting import Words, fit, words
from forum.suggestions.models import OPEN, Suggestion

PAGE = 25


@dataclass(frozen=True)
class SuggestionView:
    """A suggestion as it is looked at. `fitted`: what the post would say; None: both changed the same since.
    `is_stale`: the post says something else by now than when it was suggested."""

    suggestion: Suggestion
    pieces: Sequence[Piece]
    title_pieces: Sequence[Piece]
    tags_added: Sequence[str]
    tags_gone: Sequence[str]
    fitted: Words | None
    is_stale: bool
    may_decide: bool


# ── rights ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def decided_by(actor: Actor) -> ColumnElement[bool]:
    """SQL over Suggestion, its post, topic and board: what the actor may decide; as the table has it."""
    if actor.account_id is None or not in_good_standing(actor, None):
        return false()
    belonging = actor.belonging if actor.belonging is not None and actor.belonging.kind != "bot" else None
    mine = [Post.author_id == actor.account_id, Topic.board_id.in_(actor.boards_with(Right.MODERATE))]
    if actor.trust is Trust.REGULAR:
        mine.append(Topic.board_id.in_(actor.boards_with(Right.REPLY)))
    of_theirs = Post.organization_id == (belonging.organization_id if belonging is not None else 0)
    return and_(
        Topic.board_id.in_(actor.boards_with(Right.SEE)),
        Suggestion.author_id.is_distinct_from(actor.account_id),
        Post.action == "",
        Post.deleted_at.is_(None),
        Post.hidden_at.is_(None),
        Topic.deleted_at.is_(None),
        Topic.archived_at.is_(None),
        Board.archived_at.is_(None),
        or_(and_(Post.capacity != "official", or_(*mine)), and_(Post.capacity == "official", of_theirs)),
    )


def _placed() -> Select[Suggestion]:
    return (
        select(Suggestion)
        .join(Suggestion.post)
        .join(Post.topic)
        .join(Topic.board)
        .options(
            contains_eager(Suggestion.post).contains_eager(Post.topic).contains_eager(Topic.board),
            joinedload(Suggestion.author),
            joinedload(Suggestion.decided_by),
            joinedload(Suggestion.post, Post.author),
        )
    )


# ── lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def waiting_for(session: Session, actor: Actor, limit: int = PAGE) -> Sequence[SuggestionView]:
    """The open ones that the actor may decide, the oldest first. Two queries."""
    wanted = _placed().where(Suggestion.state == OPEN, decided_by(actor)).order_by(Suggestion.id).limit(limit)
    return _views(session, actor, session.scalars(wanted).all())


def number_waiting(session: Session, actor: Actor) -> int:
    """How many those are."""
    wanted = _placed().where(Suggestion.state == OPEN, decided_by(actor)).with_only_columns(Suggestion.id)
    return session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0


def own(session: Session, actor: Actor, limit: int = PAGE) -> Sequence[Suggestion]:
    """What the actor suggested where they may still read it, the latest first."""
    mine = (Suggestion.author_id == (actor.account_id or 0), Topic.board_id.in_(actor.boards_with(Right.SEE)))
    wanted = _placed().where(*mine, Topic.deleted_at.is_(None)).order_by(Suggestion.id.desc()).limit(limit)
    return session.scalars(wanted).all()


# ── one ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def suggestion(session: Session, actor: Actor, suggestion_id: int, *, lock: bool = False) -> Suggestion:
    """One that the actor wrote or may decide, with post, topic and board; else NotFound. `lock`: for verbs; its topic
    first, then the post, as every verb has it."""
    wanted = _placed().where(Suggestion.id == suggestion_id)
    if lock:
        lock_suggestion(session, suggestion_id)
        wanted = wanted.with_for_update(of=Suggestion).execution_options(populate_existing=True)
    found = session.scalars(wanted).first()
    if found is None or not _may_read(actor, found):
        raise NotFound(_("There is no such suggestion (any more)."))
    return found


def lock_suggestion(session: Session, suggestion_id: int) -> None:
    """What one is about, for verbs: its topic first, then the post."""
    post_id = session.scalar(select(Suggestion.post_id).where(Suggestion.id == suggestion_id)) or 0
    topic_id = select(Post.topic_id).where(Post.id == post_id).scalar_subquery()
    session.execute(select(Topic.id).where(Topic.id == topic_id).with_for_update())
    session.execute(select(Post.id).where(Post.id == post_id).with_for_update())


def _may_read(actor: Actor, found: Suggestion) -> bool:
    mine = actor.account_id is not None and found.author_id == actor.account_id
    return (mine and allows(actor, Act.SEE_POST, found.post)) or allows(actor, Act.DECIDE_SUGGESTION, found)


def open_of(session: Session, account_id: int, post_id: int) -> Suggestion | None:
    """What somebody suggested for a post, while it waits."""
    mine = (Suggestion.post_id == post_id, Suggestion.author_id == account_id, Suggestion.state == OPEN)
    return session.scalars(select(Suggestion).where(*mine)).first()


def number_open(session: Session, account_id: int | None) -> int:
    """How many suggestions of an account wait."""
    mine = (Suggestion.author_id == account_id, Suggestion.state == OPEN)
    return session.scalar(select(func.count(Suggestion.id)).where(*mine)) or 0


def view(session: Session, actor: Actor, found: Suggestion) -> SuggestionView:
    """One, as it is looked at."""
    return _views(session, actor, [found])[0]


# ── as they are looked at ─────────────────────────────────────────────────────────────────────────────────────────────


def said_now(session: Session, posts: Sequence[Post]) -> Mapping[int, Words]:
    """Post id → what it says; with title and tags where it opens its topic. One query."""
    topics = [post.topic_id for post in posts if post.is_opening]
    tags: dict[int, list[str]] = defaultdict(list)
    rows = select(TopicTag.topic_id, Tag.slug).join(Tag, Tag.id == TopicTag.tag_id).order_by(Tag.slug)
    for topic_id, slug in session.execute(rows.where(TopicTag.topic_id.in_(topics))) if topics else ():
        tags[topic_id].append(slug)
    return {
        post.id: words(post.source, post.topic.title, tags[post.topic_id]) if post.is_opening else Words(post.source)
        for post in posts
    }


def base_of(found: Suggestion) -> Words:
    """What it was written over."""
    return words(found.base_source, found.base_title, found.base_tags)


def proposed_by(found: Suggestion) -> Words:
    """What it says instead."""
    return words(found.source, found.title, found.tags)


def _views(session: Session, actor: Actor, found: Sequence[Suggestion]) -> Sequence[SuggestionView]:
    said = said_now(session, [one.post for one in found])
    return [_view(actor, one, said[one.post_id]) for one in found]


def _view(actor: Actor, found: Suggestion, present: Words) -> SuggestionView:
    base, proposed = base_of(found), proposed_by(found)
    fitted = fit(base, proposed, present) if found.state == OPEN else None
    # What is decided, or does not fit any more, is shown over what it was written over.
    old, new = (present, fitted) if fitted is not None else (base, proposed)
    title = new.title if new.title is not None else old.title
    before, after = set(old.tags or ()), set(old.tags or () if new.tags is None else new.tags)
    return SuggestionView(
        suggestion=found,
        pieces=condensed(diff(old.source, new.source)),
        title_pieces=diff(old.title or "", title or "") if title != old.title else (),
        tags_added=sorted(after - before),
        tags_gone=sorted(before - after),
        fitted=fitted,
        is_stale=present.source != base.source or present.title != base.title,
        may_decide=allows(actor, Act.DECIDE_SUGGESTION, found),
    )
