"""What opens and closes cases elsewhere: who asks to join, messages shown to the moderators, topics that move."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forum.accounts.events import SignUpApproved, SignUpDeclined, SignUpWaiting
from forum.conversations.events import MessageReported, ReportClosed
from forum.conversations.models import Message, MessageReport
from forum.core import clock
from forum.core.events import emit
from forum.moderation import actions, subjects
from forum.moderation.actions.opening import close_case, open_case
from forum.moderation.cases import Kind
from forum.moderation.events import CaseClosed
from forum.moderation.models import Case
from forum.moderation.subjects import ACCOUNT, MESSAGE, POST, TOPIC, Subject
from forum.permissions import HOUSE
from forum.posts.events import PostEdited, TopicMoved
from forum.posts.models import Post, Topic


def open_sign_up(session: Session, event: SignUpWaiting) -> None:
    """Somebody asks to join."""
    open_case(session, Kind.SIGN_UP, Subject(ACCOUNT, event.account_id, event.account_id, None), clock.now())


def close_sign_up(session: Session, event: SignUpApproved | SignUpDeclined) -> None:
    """They are in, or will not be: then nothing of them is kept here either."""
    case = _open_case(session, Kind.SIGN_UP, event.account_id)
    if case is None:
        return
    is_in = isinstance(event, SignUpApproved)
    close_case(session, case, "decided" if is_in else "refused", case.closed_by_id, clock.now())
    if not is_in:
        session.execute(update(Case).where(Case.account_id == event.account_id).values(account_id=None))
    emit(session, CaseClosed(case.id))


def open_report(session: Session, event: MessageReported) -> None:
    """A member shows a message; one case, however many show it."""
    message = session.scalars(select(Message).where(Message.id == event.message_id).with_for_update()).one()
    case = open_case(session, Kind.MESSAGE, Subject(MESSAGE, message.id, message.author_id, message), clock.now())
    case.version += 1
    session.flush()


def close_report(session: Session, event: ReportClosed) -> None:
    """The last report of a message is dealt with."""
    message_id = session.scalar(select(MessageReport.message_id).where(MessageReport.id == event.report_id))
    waiting = select(MessageReport.id).where(MessageReport.message_id == message_id, MessageReport.closed_at.is_(None))
    case = _open_case(session, Kind.MESSAGE, message_id)
    if case is not None and session.scalar(waiting.limit(1)) is None:
        close_case(session, case, case.outcome or "decided", case.closed_by_id, clock.now())
        emit(session, CaseClosed(case.id))


def follow_topic(session: Session, event: TopicMoved) -> None:
    """What waits goes to those who look after the board on which its topic stands now."""
    board_id = select(Topic.board_id).where(Topic.id == event.topic_id).scalar_subquery()
    posts = select(Post.id).where(Post.topic_id == event.topic_id)
    for kind, ids in ((POST, posts), (TOPIC, [event.topic_id])):
        session.execute(
            update(Case)
            .where(Case.closed_at.is_(None), Case.subject_kind == kind, Case.subject_id.in_(ids))
            .values(board_id=board_id, version=Case.version + 1)
            .execution_options(synchronize_session=False)
        )


def _open_case(session: Session, kind: Kind, subject_id: int | None) -> Case | None:
    return session.scalars(
        select(Case)
        .where(Case.kind == str(kind), Case.subject_id == subject_id, Case.closed_at.is_(None))
        .with_for_update()
    ).first()


def mend(session: Session, event: PostEdited) -> None:
    """Its author changed what members' flags had hidden."""
    hidden = select(Post.id).where(
        Post.id == event.post_id, Post.hidden_at.is_not(None), Post.author_id == event.editor_id
    )
    if session.scalar(hidden) is not None:
        session.flush()
        actions.mend(session, HOUSE, subjects.load(session, POST, event.post_id))
