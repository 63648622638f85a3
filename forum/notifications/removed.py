"""Notices of what a spam account did: they go with it, and come back with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forum.core.db import keeping
from forum.moderation import spam_parts
from forum.moderation.events import SpammerLeaving, SpammerReturned
from forum.moderation.spam_models import SpamRemoval
from forum.notifications.models import Notice
from forum.posts.models import Post, Topic

_NOTICES: Any = Notice.__table__
_KIND = "notices"
_MOST = 20_000


def put_away(session: Session, event: SpammerLeaving) -> None:
    """Nobody is called any more by the account, or to what it wrote."""
    account_id = session.get_one(SpamRemoval, event.removal_id).account_id
    posts = select(Post.id).where(Post.author_id == account_id)
    topics = select(Topic.id).where(Topic.author_id == account_id)
    about = or_(Notice.actor_id == account_id, Notice.post_id.in_(posts), Notice.topic_id.in_(topics))
    spam_parts.keep(session, event.removal_id, _KIND, keeping.take(session, _NOTICES, about, _MOST))


def bring_back(session: Session, event: SpammerReturned) -> None:
    """As they were; one that somebody has for another reason meanwhile stays as it is."""
    kept = [row for part in spam_parts.of(session, event.removal_id, _KIND) for row in part.kept]
    there = {row["recipient_id"] for row in kept}
    abouts = {row["about"] for row in kept}
    same = (Notice.recipient_id.in_(there), Notice.about.in_(abouts))
    had = {
        (row.recipient_id, row.about) for row in session.execute(select(Notice.recipient_id, Notice.about).where(*same))
    }
    keeping.give(session, _NOTICES, [row for row in kept if (row["recipient_id"], row["about"]) not in had])
