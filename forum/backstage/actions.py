"""Leaving a note behind a topic, and saying whose it is to see to."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.backstage import queries
from forum.backstage.drafts import GROUP, PERSON, Assignee, NoteDraft
from forum.backstage.events import AssignmentEnded, NoteWritten, TopicAssigned
from forum.backstage.models import Assignment, InternalNote
from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts.models import Topic
from forum.posts.queries import visible as posts
from forum.uploads import actions as uploads
from forum.uploads.addresses import tokens_in

LONGEST_NOTE = 8_000
DONE, TAKEN_BACK, HANDED_ON = "done", "taken_back", "handed_on"


def write_note(session: Session, actor: Actor, topic: Topic, draft: NoteDraft) -> InternalNote:
    """Leave a note that staff alone read. Pressing twice leaves one."""
    require(actor, Act.WORK_BACKSTAGE, topic)
    if len(draft.body.source) > LONGEST_NOTE:
        raise Invalid(_("A note has at most %(n)s characters.", n=LONGEST_NOTE), "note")
    once = draft.once[:40] or None
    if once is not None:
        mine = (InternalNote.author_id == actor.account_id, InternalNote.once == once)
        already = session.scalars(select(InternalNote).where(*mine)).first()
        if already is not None:
            return already
    row = InternalNote(
        topic_id=topic.id,
        author_id=actor.account_id,
        created_at=clock.now(),
        source=draft.body.source,
        html=draft.body.rendered.html,
        once=once,
    )
    session.add(row)
    session.flush()
    if tokens := tokens_in(row.html):
        where = {"post": posts.readable(actor), "note": queries.readable(actor)}
        uploads.use(session, actor, "note", row.id, tokens, where)
    emit(session, NoteWritten(row.id))
    return row


def assign(session: Session, actor: Actor, topic: Topic, assignee: Assignee | None) -> Assignment:
    """Say whose the topic is to see to (`topic` locked): one person's or one group's at a time."""
    require(actor, Act.WORK_BACKSTAGE, topic)
    if assignee is None or assignee not in queries.possible(session, actor, topic):
        raise Invalid(_("Choose somebody who works on this board, or a group all of whose people do."), "assignee")
    account_id = assignee.id if assignee.kind == PERSON else None
    group_id = assignee.id if assignee.kind == GROUP else None
    before = queries.assignment_of(session, topic)
    if before is not None:
        if (before.account_id, before.group_id) == (account_id, group_id):
            raise Conflict(_("That is whose it is already."))
        _end(session, actor, before, HANDED_ON)
    row = Assignment(
        topic_id=topic.id, account_id=account_id, group_id=group_id, by_id=actor.account_id, since=clock.now()
    )
    session.add(row)
    session.flush()
    emit(session, TopicAssigned(row.id))
    return row


def end_assignment(session: Session, actor: Actor, topic: Topic, *, is_done: bool) -> None:
    """It is seen to, or nobody's any more (`topic` locked)."""
    require(actor, Act.WORK_BACKSTAGE, topic)
    row = queries.assignment_of(session, topic)
    if row is None:
        raise Conflict(_("This topic is nobody’s in particular."))
    _end(session, actor, row, DONE if is_done else TAKEN_BACK)


def _end(session: Session, actor: Actor, row: Assignment, outcome: str) -> None:
    row.until, row.ended_by_id, row.outcome = clock.now(), actor.account_id, outcome
    session.flush()
    emit(session, AssignmentEnded(row.id, outcome))
