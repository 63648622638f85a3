"""The verbs of bookmarks: keeping, letting go, being reminded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.bookmarks.events import BookmarkDue
from forum.bookmarks.models import Bookmark
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts.actions.reading import keep_marks, mark_bookmarked
from forum.posts.models import Post
from forum.posts.queries import visible

LONGEST_NOTE = 300


def keep(session: Session, actor: Actor, post: Post, note: str, remind_at: datetime | None) -> None:
    """Bookmark `post` (with topic and board), or change the note and the reminder of the bookmark that is there."""
    require(actor, Act.BOOKMARK, post)
    note = one_line(note)
    if len(note) > LONGEST_NOTE:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_NOTE, len=len(note)), "note")
    row = _mine(session, actor, post.id)
    if row is None:
        row = Bookmark(account_id=actor.account_id, post_id=post.id, topic_id=post.topic_id, created_at=clock.now())
        session.add(row)
    if row.remind_at != remind_at:
        row.remind_at, row.reminded_at = remind_at, None
    row.note = note
    session.flush()
    mark_bookmarked(session, actor, post.topic_id, has=True)


def let_go(session: Session, actor: Actor, post_id: int) -> None:
    """Forget a bookmark of one's own; harmless where there is none, and possible where the post is gone."""
    require(actor, Act.MARK_READ)
    row = _mine(session, actor, post_id)
    if row is None:
        return
    topic_id = row.topic_id
    session.delete(row)
    session.flush()
    others = exists().where(Bookmark.account_id == actor.account_id, Bookmark.topic_id == topic_id)
    mark_bookmarked(session, actor, topic_id, has=bool(session.scalar(select(others))))


def done(session: Session, actor: Actor, post_id: int) -> None:
    """Take a reminder away, given or not; the bookmark stays."""
    require(actor, Act.MARK_READ)
    row = _mine(session, actor, post_id)
    if row is not None:
        row.remind_at = row.reminded_at = None


def remind_due(session: Session, actor: Actor, who: Callable[[Session, Account], Actor], limit: int = 100) -> int:
    """Announce the reminders whose time has come, each once; says how many were looked at. `who` makes an actor of
    an account: somebody who may not read the post any more is not told of it."""
    require(actor, Act.KEEP_TIME)
    now = clock.now()
    due = session.scalars(
        select(Bookmark)
        .where(Bookmark.reminded_at.is_(None), Bookmark.remind_at.is_not(None), Bookmark.remind_at <= now)
        .order_by(Bookmark.remind_at, Bookmark.id)
        .limit(limit)
        .with_for_update()
    ).all()
    actors: dict[int, Actor] = {}
    for row in due:
        row.reminded_at = now
        if row.account_id not in actors:
            actors[row.account_id] = who(session, session.get_one(Account, row.account_id))
        readable = select(Post.id).join(Post.topic).where(Post.id == row.post_id, visible.posts(actors[row.account_id]))
        if session.scalar(readable) is not None:
            emit(session, BookmarkDue(row.id, row.account_id, row.post_id))
    return len(due)


def _mine(session: Session, actor: Actor, post_id: int) -> Bookmark | None:
    rows = select(Bookmark).where(Bookmark.account_id == actor.account_id, Bookmark.post_id == post_id)
    return session.scalars(rows.with_for_update().execution_options(populate_existing=True)).first()


def follow_posts(session: Session, topic_ids: Sequence[int]) -> None:
    """Posts stand in another topic of these two now: so do their bookmarks, and readers' pages of both know it."""
    there = select(Post.topic_id).where(Post.id == Bookmark.post_id).scalar_subquery()
    session.execute(
        update(Bookmark)
        .where(Bookmark.topic_id.in_(topic_ids), Bookmark.topic_id != there)
        .values(topic_id=there)
        .execution_options(synchronize_session=False)
    )
    kept = select(Bookmark.account_id, Bookmark.topic_id).where(Bookmark.topic_id.in_(topic_ids)).distinct()
    keep_marks(session, topic_ids, [(row.account_id, row.topic_id) for row in session.execute(kept)])
