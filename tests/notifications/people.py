"""What the tests of notices share."""

from __future__ import annotations

from sqlalchemy import select

from forum.core.markup.rendering import rendered_here
from forum.core.markup.values import Job
from forum.notifications.models import Notice
from forum.posts.drafts import Written
from tests import cast


def said(source, *names):
    """Words as the forum renders them: `@name` of `names` are mentions."""
    return Written(source, rendered_here(Job(None, source, names=frozenset(names))))


def heard(session, person):
    """Kinds of the notices of a person that wait to be seen, oldest first."""
    rows = select(Notice.kind).where(Notice.recipient_id == person.id, Notice.read_at.is_(None)).order_by(Notice.id)
    return list(session.scalars(rows))


def reply(session, topic, by, source, *names, **given):
    """A reply with rendered words."""
    from forum.posts import actions
    from forum.posts.drafts import ReplyDraft

    draft = ReplyDraft(body=said(source, *names), confirmed=frozenset({"old", "row"}), **given)
    with cast.unhurried():
        return actions.reply(session, cast.actor(session, by), topic, draft)
