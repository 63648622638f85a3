"""What became of words that waited for a moderator, told to their author. Never who decided."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.holds.events import HeldRejected, HeldReleased
from forum.holds.models import HeldPost
from forum.notifications import actions
from forum.notifications.drafts import News
from forum.posts.models import Post
from forum.scheduling.events import ScheduledTopicHeld

_PLACE = "/held"


def tell_waits(session: Session, event: ScheduledTopicHeld) -> None:
    """Who was not there when it should have been published."""
    if not event.by_hand:
        _tell(session, "held_waits", session.get_one(HeldPost, event.held_id))


def tell_released(session: Session, event: HeldReleased) -> None:
    """With the way to the post."""
    row = session.get_one(HeldPost, event.held_id)
    post = session.scalars(select(Post).options(joinedload(Post.topic)).where(Post.id == event.post_id)).one()
    news = News("held_released", about=_about("held_released", row), by=None, post=post)
    actions.notify(session, news, [row.author_id])


def tell_rejected(session: Session, event: HeldRejected) -> None:
    """With the way to the text and the reason."""
    _tell(session, "held_rejected", session.get_one(HeldPost, event.held_id))


def _tell(session: Session, kind: str, row: HeldPost) -> None:
    title = row.title or row.plain
    news = News(kind, about=_about(kind, row), by=None, title=title[:120], url=_PLACE)
    actions.notify(session, news, [row.author_id])


def _about(kind: str, row: HeldPost) -> str:
    at = row.closed_at or row.opened_at
    return f"{kind}:{row.id}:{at:%Y%m%d%H%M%S}"
