"""Whom one may mean by the beginning of a name: the people of the topic first, then, for members, everybody.

Whom one ignores is not offered. Who ignores the writer is not offered unasked, but found by name: nobody learns of it.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts.ignoring import ignores
from forum.accounts.models import Account
from forum.core import clock
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.queries import visible

Named = tuple[str, str]


def people_like(
    session: Session, actor: Actor, typed: str, topic_id: int | None, limit: int
) -> tuple[list[Named], int]:
    """Name and shown name of up to `limit` people, and how many of them wrote in the topic: they come first."""
    here = session.execute(_in_topic(actor, topic_id, typed).limit(limit)).all() if topic_id else []
    found = [(row.name, row.display_name or row.name) for row in here]
    if typed and actor.sees_people and len(found) < limit:
        everybody = (
            select(Account.name, Account.display_name)
            .where(
                _living(),
                _like(typed),
                Account.id.not_in(actor.ignored),
                Account.name.not_in([name for name, _shown in found]),
            )
            .order_by(Account.last_seen_at.desc().nulls_last(), Account.id)
            .limit(limit - len(found))
        )
        found += [(row.name, row.display_name or row.name) for row in session.execute(everybody)]
    return found, len(here)


def _in_topic(actor: Actor, topic_id: int | None, typed: str) -> Select[str, str]:
    latest = func.max(Post.number)
    return (
        select(Account.name, Account.display_name)
        .join(Post, Post.author_id == Account.id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(
            Post.topic_id == topic_id,
            Post.action == "",
            visible.posts(actor),
            _living(),
            _like(typed),
            Account.id.not_in({actor.account_id or 0, *actor.ignored}),
            true() if typed else ~ignores(actor.account_id, clock.now()),
        )
        .group_by(Account.id, Account.name, Account.display_name)
        .order_by(latest.desc())
    )


def _living() -> ColumnElement[bool]:
    return Account.deactivated_at.is_(None) & Account.confirmed_at.is_not(None)


def _like(typed: str) -> ColumnElement[bool]:
    if not typed:
        return Account.id.is_not(None)
    by_name = Account.name_key.startswith(names.fold(typed), autoescape=True)
    return or_(by_name, func.lower(Account.display_name).startswith(typed.lower(), autoescape=True))
