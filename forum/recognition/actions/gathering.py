"""Thank-yous become messages: at most one a member and day, from the first one on."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session, aliased

from forum.accounts import queries as accounts
from forum.accounts.ignoring import ignores
from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import Conflict
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts.models import Post
from forum.recognition.events import ThanksComplete, ThanksGathered
from forum.recognition.models import Recognition, ThankYou, ThankYouMessage

DAY = timedelta(hours=24)
BATCH = 100


def gather(session: Session, post: Post, by_id: int, *, note: str = "", recognition: Recognition | None = None) -> bool:
    """Name `by_id` in the message of the post's author: in the one that is open, else in a new one. Once for each post,
    and once more for a recognition. Says whether they are here to read it; who ignores them does not hear of mute
    thanks."""
    now = clock.now()
    if not _hears(session, post, by_id, even_ignored=bool(note) or recognition is not None):
        return False
    told = None if recognition is not None else _told(session, post, by_id)
    if told is not None and not note:
        return True
    if told is not None and told.note:
        raise Conflict(_("You have written to them about this post already."))
    message = _open(session, post.author_id or 0)
    if told is not None and told.message_id == message.id:
        told.note = note
    else:
        session.add(
            ThankYou(
                message_id=message.id,
                post_id=post.id,
                by_id=by_id,
                recognition_id=recognition.id if recognition is not None else None,
                note=note,
                created_at=now,
            )
        )
    session.flush()
    emit(session, ThanksGathered(message.id))
    return True


def leave_out(session: Session, post_id: int, by_id: int | None, recognition_id: int | None = None) -> None:
    """Thanks that were taken back are not told, where they were not sent yet."""
    rows = session.scalars(
        select(ThankYou)
        .join(ThankYou.message)
        .where(
            ThankYou.post_id == post_id,
            ThankYou.by_id == by_id if recognition_id is None else ThankYou.recognition_id == recognition_id,
            ThankYou.recognition_id.is_(None) if recognition_id is None else ThankYou.recognition_id.is_not(None),
            ThankYouMessage.closed_at.is_(None),
        )
    ).all()
    for row in rows:
        session.delete(row)
        session.flush()
        emit(session, ThanksGathered(row.message_id))


def complete(session: Session, actor: Actor) -> int:
    """Announce the messages whose day is over, one a member; says how many. Nobody gets two within a day, however late
    the clock was. Empty ones go without a word."""
    require(actor, Act.KEEP_TIME)
    now = clock.now()
    empty = ~exists().where(ThankYou.message_id == ThankYouMessage.id).correlate(ThankYouMessage)
    over = (ThankYouMessage.closed_at.is_(None), ThankYouMessage.opened_at <= now - DAY)
    session.execute(delete(ThankYouMessage).where(*over, empty).execution_options(synchronize_session=False))
    other = aliased(ThankYouMessage)
    lately = exists().where(other.account_id == ThankYouMessage.account_id, other.closed_at > now - DAY)
    first = select(func.min(ThankYouMessage.id)).where(*over, ~lately).group_by(ThankYouMessage.account_id)
    due = session.scalars(
        select(ThankYouMessage).where(ThankYouMessage.id.in_(first)).order_by(ThankYouMessage.id).limit(BATCH)
    ).all()
    for message in due:
        message.closed_at = now
        session.flush()
        emit(session, ThanksComplete(message.id))
    return len(due)


def _hears(session: Session, post: Post, by_id: int, *, even_ignored: bool) -> bool:
    """Locks the author: two who thank at the same moment stand in one message."""
    now = clock.now()
    wanted = [Account.id == post.author_id, Account.id != by_id, accounts.is_here(now)]
    if not even_ignored:  # what an organization says is not folded away either
        wanted.append(~ignores(by_id, now))
    return session.scalar(select(Account.id).where(*wanted).with_for_update(key_share=True)) is not None


def _told(session: Session, post: Post, by_id: int) -> ThankYou | None:
    """The latest thank-you of theirs for this post, a written one before a mute one."""
    mine = (ThankYou.post_id == post.id, ThankYou.by_id == by_id, ThankYou.recognition_id.is_(None))
    return session.scalars(select(ThankYou).where(*mine).order_by(ThankYou.note.desc(), ThankYou.id.desc())).first()


def _open(session: Session, account_id: int) -> ThankYouMessage:
    now = clock.now()
    mine = (ThankYouMessage.account_id == account_id, ThankYouMessage.closed_at.is_(None))
    message = session.scalars(
        select(ThankYouMessage)
        .where(*mine, ThankYouMessage.opened_at > now - DAY)
        .order_by(ThankYouMessage.id.desc())
        .limit(1)
    ).first()
    if message is None:
        message = ThankYouMessage(account_id=account_id, opened_at=now)
        session.add(message)
        session.flush()
    return message
