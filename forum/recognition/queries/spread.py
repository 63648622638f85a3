"""What is published: whom the organization recognizes, as a mix, and how much is written by members with perks. No
names."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards.reach import public
from forum.organization import queries as organizations
from forum.posts.countable import meant
from forum.posts.models import Post, Topic
from forum.recognition.mix import Mix
from forum.recognition.queries.choosing import mix_of
from forum.recognition.words import REST


def recognition_spread(session: Session, now: datetime) -> Mix:
    """What the host gave in the 28 days before `now`, and to what sort of members, for the scorecard: no names. Its
    shares are None where there are too few to say."""
    host = organizations.host(session)
    return mix_of(session, host.id, now) if host is not None else Mix()


def posts_with_perks(session: Session, now: datetime) -> tuple[int, int]:
    """Of the posts by members on public boards in the 28 days before `now`: how many were written by somebody who had
    perks from the organization that day, and how many there were: what was taken away later was there."""
    where = (
        Post.created_at > now - REST,
        Post.created_at <= now,
        Post.affiliation_kind == "",
        meant(),
        *(or_(gone.is_(None), gone > now) for gone in (Post.deleted_at, Post.hidden_at, Topic.deleted_at)),
        public(),
    )
    had_perks = case((Account.perks_since <= Post.created_at, 1), else_=0)
    row = session.execute(
        select(func.coalesce(func.sum(had_perks), 0), func.count(Post.id))
        .join(Post.topic)
        .join(Topic.board)
        .join(Account, Account.id == Post.author_id)
        .where(*where)
    ).one()
    return int(row[0]), int(row[1])
