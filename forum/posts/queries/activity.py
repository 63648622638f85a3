"""What a person wrote, for their profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from forum.accounts.models import Account
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.queries import visible
from forum.posts.tallies import shown

KINDS = ("topics", "replies", "answers")
PER_PAGE = 20


@dataclass(frozen=True)
class Activity:
    """A stretch of someone's posts, newest first (topic and board loaded); `has_more`: there is a next page."""

    posts: Sequence[Post]
    page: int
    has_more: bool


def activity_of(session: Session, actor: Actor, account: Account, kind: str = "topics", page: int = 1) -> Activity:
    """Topics started, replies written, or answers accepted, as far as `actor` may see them."""
    rows = (
        select(Post)
        .join(Post.topic)
        .join(Topic.board)
        .options(contains_eager(Post.topic).contains_eager(Topic.board))
        .where(Post.author_id == account.id, shown(), visible.listed(actor))
        .order_by(Post.created_at.desc(), Post.id.desc())
    )
    if kind == "answers":
        rows = rows.where(Topic.accepted_post_id == Post.id)
    else:
        rows = rows.where(Post.number == 1 if kind == "topics" else Post.number > 1)
    page = max(1, page)
    found = session.scalars(rows.limit(PER_PAGE + 1).offset((page - 1) * PER_PAGE)).all()
    return Activity(found[:PER_PAGE], page, len(found) > PER_PAGE)
