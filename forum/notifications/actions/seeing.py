"""What a member does with their notices: seeing them, and thinking better of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, delete, exists, select, update
from sqlalchemy.orm import Session

from forum.accounts.ignoring import in_force
from forum.accounts.models import IgnoredMember
from forum.core import clock
from forum.notifications.models import Notice
from forum.permissions import Act, Actor, require
from forum.posts.models import Post
from forum.posts.reading_models import ReadGap


def mark_seen(session: Session, actor: Actor, notice: Notice) -> datetime:
    """This line is seen, with everything folded into it. Returns the instant to give to `unmark`."""
    require(actor, Act.MARK_READ)
    return _see(session, actor.account_id, Notice.fold == notice.fold)


def mark_all_seen(session: Session, actor: Actor) -> datetime:
    """Everything is seen. Returns the instant to give to `unmark`."""
    require(actor, Act.MARK_READ)
    return _see(session, actor.account_id)


def unmark(session: Session, actor: Actor, at: datetime) -> None:
    """What was marked at that very instant is unseen again."""
    require(actor, Act.MARK_READ)
    session.execute(
        update(Notice)
        .where(Notice.recipient_id == actor.account_id, Notice.read_at == at)
        .values(read_at=None)
        .execution_options(synchronize_session=False)
    )


def see_topic(session: Session, account_id: int, topic_id: int, number: int) -> None:
    """The member has read the topic up to `number`: notices of these posts are seen, but for posts left out."""
    left_out = exists().where(ReadGap.account_id == account_id, ReadGap.post_id == Notice.post_id)
    _see(session, account_id, Notice.topic_id == topic_id, Notice.number <= number, ~left_out)


def follow_posts(session: Session, topic_ids: Sequence[int]) -> None:
    """Posts of these topics stand elsewhere, or have other numbers: so do the notices of them."""
    for topic_id in topic_ids:
        here = select(Post.id).where(Post.topic_id == topic_id)
        number = select(Post.number).where(Post.id == Notice.post_id).scalar_subquery()
        session.execute(
            update(Notice)
            .where(Notice.post_id.in_(here))
            .values(
                topic_id=topic_id,
                number=number,
                fold=case((Notice.fold.like("topic:%"), f"topic:{topic_id}"), else_=Notice.fold),
            )
            .execution_options(synchronize_session=False)
        )


def see_ignored(session: Session, account_id: int) -> None:
    """Notices of what people did whom the member ignores do not wait any more."""
    theirs = select(IgnoredMember.ignored_id).where(IgnoredMember.account_id == account_id, in_force(clock.now()))
    _see(session, account_id, Notice.actor_id.in_(theirs))


def forget_read_before(session: Session, instant: datetime) -> None:
    """Notices that were read before `instant` go; unread ones never do."""
    session.execute(delete(Notice).where(Notice.read_at < instant).execution_options(synchronize_session=False))


def _see(session: Session, account_id: int | None, *which: ColumnElement[bool]) -> datetime:
    now = clock.now()
    session.execute(
        update(Notice)
        .where(Notice.recipient_id == account_id, Notice.read_at.is_(None), *which)
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )
    return now
