"""Putting an announcement into mailboxes, some at a time. The house does so, by a job."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.core import clock
from forum.core.events import emit
from forum.notifications.announcement_models import AnnouncementDelivery
from forum.notifications.events import AnnouncementDue
from forum.posts.models import Post

BATCH = 100


def mail_next(session: Session, post_id: int) -> bool:
    """The next who get it by mail; whether there may be more."""
    post = session.scalars(select(Post).options(joinedload(Post.topic)).where(Post.id == post_id)).one_or_none()
    if post is None or post.deleted_at is not None or post.topic.deleted_at is not None:
        return False
    rows = session.scalars(
        select(AnnouncementDelivery)
        .where(
            AnnouncementDelivery.post_id == post_id,
            AnnouncementDelivery.by_mail,
            AnnouncementDelivery.written_at.is_(None),
        )
        .order_by(AnnouncementDelivery.account_id)
        .limit(BATCH)
        .with_for_update()
    ).all()
    for row in rows:
        row.written_at = clock.now()
    session.flush()
    if rows:
        emit(session, AnnouncementDue(post_id, tuple(row.account_id for row in rows)))
    return len(rows) == BATCH
