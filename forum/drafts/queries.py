"""Reads of drafts: one's own, and nobody else's."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from forum.core.errors import NotFound
from forum.drafts.models import Draft, WaitingText
from forum.permissions import Actor

PAGE = 30
WAITS = timedelta(days=7)


def secret_hash(secret: str) -> str:
    """What is kept of the secret in a guest's cookie."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def at(actor: Actor, place: str, place_id: Any) -> ColumnElement[bool]:
    """SQL: the actor's draft at a place; what a page joins with its topic, so that it costs no question more."""
    return and_(Draft.account_id == (actor.account_id or 0), Draft.place == place, Draft.place_id == place_id)


def draft(session: Session, actor: Actor, place: str, place_id: int) -> Draft | None:
    """The actor's draft at a place."""
    return session.scalars(select(Draft).where(at(actor, place, place_id))).first() if actor.account_id else None


def own(session: Session, actor: Actor, draft_id: int) -> Draft:
    """One of the actor's drafts, or NotFound."""
    found = session.scalars(
        select(Draft).where(Draft.id == draft_id, Draft.account_id == (actor.account_id or 0)).with_for_update()
    ).first()
    if found is None:
        raise NotFound
    return found


def drafts_of(session: Session, actor: Actor, page: int) -> tuple[Sequence[Draft], bool]:
    """A page (from 1) of the actor's drafts, the latest first, and whether there are more."""
    found = session.scalars(
        select(Draft)
        .where(Draft.account_id == (actor.account_id or 0))
        .order_by(Draft.updated_at.desc(), Draft.id.desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()
    return found[:PAGE], len(found) > PAGE


def count_of(session: Session, actor: Actor, limit: int) -> int:
    """How many drafts the actor has, at most `limit`."""
    some = select(Draft.id).where(Draft.account_id == actor.account_id).limit(limit).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def waiting(session: Session, secret: str, now: datetime) -> WaitingText | None:
    """The text that waits for whoever has this secret."""
    return session.scalars(
        select(WaitingText).where(WaitingText.secret_hash == secret_hash(secret), WaitingText.created_at > now - WAITS)
    ).first()
