"""Saved replies, for those who may begin with them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from forum.core.errors import NotFound
from forum.organization.saved_models import SavedReply
from forum.permissions import Actor


def offered(actor: Actor) -> ColumnElement[bool]:
    """SQL: one's own, and those of the organization that one belongs to now."""
    belonging = actor.belonging
    if belonging is None or belonging.kind == "bot":
        return false()
    whose = or_(SavedReply.account_id == actor.account_id, SavedReply.account_id.is_(None))
    return and_(SavedReply.organization_id == belonging.organization_id, whose)


def saved_replies(session: Session, actor: Actor) -> Sequence[SavedReply]:
    """All of them: one's own first, by name."""
    return session.scalars(
        select(SavedReply).where(offered(actor)).order_by(SavedReply.account_id.is_(None), SavedReply.name)
    ).all()


def saved_reply(session: Session, actor: Actor, saved_reply_id: int) -> SavedReply:
    """One of them; NotFound."""
    found = session.scalars(select(SavedReply).where(SavedReply.id == saved_reply_id, offered(actor))).first()
    if found is None:
        raise NotFound
    return found
