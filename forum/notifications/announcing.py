"""Announcements go out by mail: to each member one in 7 days, whatever its board; else it is kept for their digest.

A notice of safety, security or law goes to everybody, and takes nobody's turn.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, exists, literal, null, select, true
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Account
from forum.core import clock
from forum.core.db.dialect import insert_for
from forum.jobs.actions import enqueue
from forum.notifications import audience
from forum.notifications.announcement_models import AnnouncementDelivery, AnnouncementTurn
from forum.organization.loudness import MAIL_EVERY
from forum.posts.announcing import is_announcement
from forum.posts.events import TopicStarted
from forum.posts.models import Post, Topic


def kind_of(post: Post) -> str:
    """As what kind of notice those who watch hear of a topic that begins (its opening post; topic and board loaded)."""
    if not is_announcement(post):
        return "first_post"
    return "warning" if post.topic.notice else "announcement"


def send_out(session: Session, event: TopicStarted) -> None:
    """In the transaction that publishes it: whose turn it takes, and who finds it in the digest; mails are a job."""
    post = session.scalars(
        select(Post).options(joinedload(Post.topic).joinedload(Topic.board)).where(Post.id == event.post_id)
    ).one()
    if not is_announcement(post):
        return
    now, kind = clock.now(), kind_of(post)
    whom = audience.of_announcement(post.topic.board_id, post.author_id, now, kind=kind)
    by_mail: ColumnElement[bool] = true()
    if kind == "announcement":
        _take_turns(session, post, whom, now)
        by_mail = _took_it(post)
    _deliver(session, post, whom, by_mail)
    enqueue(session, "mail_announcement", {"post_id": post.id})


def _take_turns(session: Session, post: Post, whom: Select[int], now: datetime) -> None:
    """Of two announcements at the same moment the later waits for the row, and finds the turn taken. In the order of
    accounts, so that neither waits for the other."""
    table, people = AnnouncementTurn.__table__, whom.subquery()
    at = table.c.last_at.type
    rows = select(people.c.id, literal(now, at), literal(post.id)).where(true()).order_by(people.c.id)
    insert = insert_for(session, table).from_select(["account_id", "last_at", "post_id"], rows)  # type: ignore[arg-type]
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["account_id"],
            set_={"last_at": insert.excluded.last_at, "post_id": insert.excluded.post_id},
            where=table.c.last_at <= literal(now - MAIL_EVERY, at),
        )
    )


def _took_it(post: Post) -> ColumnElement[bool]:
    mine = (AnnouncementTurn.account_id == Account.id, AnnouncementTurn.post_id == post.id)
    return exists().where(*mine).correlate_except(AnnouncementTurn)


def _deliver(session: Session, post: Post, whom: Select[int], by_mail: ColumnElement[bool]) -> None:
    table = AnnouncementDelivery.__table__
    rows = whom.add_columns(literal(post.id), case((by_mail, True), else_=False), null())
    columns = ["account_id", "post_id", "by_mail", "written_at"]
    session.execute(insert_for(session, table).from_select(columns, rows))  # type: ignore[arg-type]
