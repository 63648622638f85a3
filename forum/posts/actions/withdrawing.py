"""What an account gave to others, taken away in batches with everything else of it, and given back as it was.

Each verb has its opposite: what `take_…` returns, `give_…` takes. Nobody is told: neither that it went nor that it is
back.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Account
from forum.core.db import keeping
from forum.core.db.keeping import Kept
from forum.permissions import Act, Actor, require
from forum.posts import standing
from forum.posts.actions.reacting import WORKED
from forum.posts.models import Post, Reaction, Topic
from forum.posts.outcome_models import Backing

_REACTIONS: Any = Reaction.__table__
_BACKINGS: Any = Backing.__table__


def take_reactions(session: Session, actor: Actor, account: Account, limit: int) -> list[Kept]:
    """Up to `limit` reactions of the account."""
    require(actor, Act.REMOVE_SPAMMER, account)
    kept = keeping.take(session, _REACTIONS, Reaction.account_id == account.id, limit)
    _settle_posts(session, kept)
    return kept


def give_reactions(session: Session, actor: Actor, account: Account, kept: list[Kept]) -> None:
    """Those reactions again."""
    require(actor, Act.REMOVE_SPAMMER, account)
    keeping.give(session, _REACTIONS, kept)
    _settle_posts(session, kept)


def take_backings(session: Session, actor: Actor, account: Account, limit: int) -> list[Kept]:
    """Up to `limit` votes for ideas, and questions that the account has, too."""
    require(actor, Act.REMOVE_SPAMMER, account)
    kept = keeping.take(session, _BACKINGS, Backing.account_id == account.id, limit)
    _settle_topics(session, kept)
    return kept


def give_backings(session: Session, actor: Actor, account: Account, kept: list[Kept]) -> None:
    """Those votes again."""
    require(actor, Act.REMOVE_SPAMMER, account)
    keeping.give(session, _BACKINGS, kept)
    _settle_topics(session, kept)


def _settle_posts(session: Session, kept: list[Kept]) -> None:
    """For whom an answer worked confirms it."""
    ids = sorted({row["post_id"] for row in kept if row["kind"] == WORKED})
    topics = select(Post.topic_id).where(Post.id.in_(ids))
    session.scalars(select(Topic).where(Topic.id.in_(topics)).order_by(Topic.id).with_for_update()).all()
    for post in session.scalars(select(Post).options(joinedload(Post.topic)).where(Post.id.in_(ids)).order_by(Post.id)):
        standing.settle_post(session, post)


def _settle_topics(session: Session, kept: list[Kept]) -> None:
    ids = sorted({row["topic_id"] for row in kept})
    for topic in session.scalars(select(Topic).where(Topic.id.in_(ids)).order_by(Topic.id).with_for_update()).all():
        standing.settle(session, topic, standing.BACKERS)
