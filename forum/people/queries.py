"""Reads of what people help with, and of who is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Account
from forum.accounts.sanctioned import is_suspended
from forum.boards.models import Tag
from forum.core import clock
from forum.people.models import Away, HelpsWith
from forum.permissions import Actor

MOST_SHOWN = 100


def helps_with(session: Session, account_id: int) -> Sequence[Tag]:
    """The tags that somebody says they help with."""
    return session.scalars(
        select(Tag)
        .join(HelpsWith, HelpsWith.tag_id == Tag.id)
        .where(HelpsWith.account_id == account_id)
        .order_by(Tag.slug)
    ).all()


def helpers(session: Session, actor: Actor, tag: Tag) -> Sequence[Account]:
    """Who helps with a tag, is here and not ignored by the actor; who was here last first."""
    return session.scalars(
        select(Account)
        .join(HelpsWith, HelpsWith.account_id == Account.id)
        .where(
            HelpsWith.tag_id == tag.id,
            Account.id.not_in(actor.ignored),
            Account.deactivated_at.is_(None),
            ~is_suspended(Account.id, clock.now()),
            Account.confirmed_at.is_not(None),
        )
        .order_by(Account.last_seen_at.desc(), Account.id)
        .limit(MOST_SHOWN)
    ).all()


def away(session: Session, account_id: int) -> Away | None:
    """What somebody said of being away, past or to come."""
    return session.get(Away, account_id, options=[joinedload(Away.backup)])


def away_now(session: Session, account_id: int, today: date) -> Away | None:
    """The same, while it lasts."""
    found = away(session, account_id)
    return found if found is not None and found.first_day <= today <= found.last_day else None
