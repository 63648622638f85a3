"""Reads of one's own bookmarks. What one may not read any more is not listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from forum.bookmarks.models import Bookmark
from forum.core.errors import NotFound
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.queries import visible

PER_PAGE = 30


@dataclass(frozen=True)
class Bookmarks:
    """A stretch of one's bookmarks: due ones first, then the latest kept. `has_more`: there is a next page."""

    items: Sequence[Bookmark]
    page: int
    has_more: bool
    sought: str = ""


def bookmarks(session: Session, actor: Actor, sought: str = "", page: int = 1) -> Bookmarks:
    """One's own, with post, topic and board; `sought`: words that note or title must all contain."""
    rows = _own(actor)
    for word in sought.split()[:10]:
        like = f"%{_literal(word.lower())}%"
        rows = rows.where(
            or_(func.lower(Bookmark.note).like(like, escape="!"), func.lower(Topic.title).like(like, escape="!"))
        )
    rows = rows.order_by(
        Bookmark.reminded_at.is_(None), Bookmark.reminded_at.desc(), Bookmark.created_at.desc(), Bookmark.id.desc()
    )
    found = session.scalars(rows.limit(PER_PAGE + 1).offset((page - 1) * PER_PAGE)).all()
    if page > 1 and not found:
        raise NotFound
    return Bookmarks(found[:PER_PAGE], page, len(found) > PER_PAGE, sought)


def bookmarks_in(session: Session, actor: Actor, topic_id: int) -> Mapping[int, Bookmark]:
    """Post id → one's own bookmark, of the posts of a topic."""
    rows = select(Bookmark).where(Bookmark.account_id == (actor.account_id or 0), Bookmark.topic_id == topic_id)
    return {row.post_id: row for row in session.scalars(rows)}


def bookmark_of(session: Session, actor: Actor, post_id: int) -> Bookmark | None:
    """One's own bookmark of a post."""
    rows = select(Bookmark).where(Bookmark.account_id == (actor.account_id or 0), Bookmark.post_id == post_id)
    return session.scalars(rows).first()


def _own(actor: Actor) -> Select[Bookmark]:
    return (
        select(Bookmark)
        .join(Bookmark.post)
        .join(Post.topic)
        .join(Topic.board)
        .options(
            contains_eager(Bookmark.post).contains_eager(Post.topic).contains_eager(Topic.board),
            contains_eager(Bookmark.post).joinedload(Post.author),
        )
        .where(Bookmark.account_id == (actor.account_id or 0), visible.posts(actor))
    )


def _literal(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
