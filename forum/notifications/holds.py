"""What became of words that waited for a moderator, told to their author. Never who decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.core import clock
from forum.holds.events import HeldRejected, HeldReleased, RejectionUndone, ReleaseUndone
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
    """With the way to the reason, and to objecting."""
    _tell(session, "held_rejected", session.get_one(HeldPost, event.held_id), f"{_PLACE}/{event.held_id}/decision")


def tell_waits_again(session: Session, event: RejectionUndone | ReleaseUndone) -> None:
    """What they were told of the decision holds no more; where they had read it, they hear that."""
    row = session.get_one(HeldPost, event.held_id)
    abouts = [f"{kind}:{row.id}:" for kind in ("held_rejected", "held_released")]
    if actions.unsay(session, abouts, [row.author_id]):
        _tell(session, "held_again", row, at=clock.now())


def _tell(session: Session, kind: str, row: HeldPost, url: str = _PLACE, at: datetime | None = None) -> None:
    title = row.title or row.plain
    news = News(kind, about=_about(kind, row, at), by=None, title=title[:120], url=url)
    actions.notify(session, news, [row.author_id])


def _about(kind: str, row: HeldPost, at: datetime | None = None) -> str:
    at = at or row.closed_at or row.opened_at
    return f"{kind}:{row.id}:{at:%Y%m%d%H%M%S}"
