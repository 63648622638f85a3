"""What topics do when a setting changes that says how they stand; what stands by in one that has ended."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.jobs.actions import enqueue
from forum.posts.actions import standing_by
from forum.posts.events import (
    AnswerAccepted,
    AnswerConfirmed,
    ConfirmedByPeers,
    PostDeleted,
    PostTaken,
    TopicStateChanged,
)
from forum.posts.models import Post, Topic
from forum.site.events import SettingChanged


def settle_anew(session: Session, event: SettingChanged) -> None:
    """Another number of peers confirms an answer: those that worked for somebody are looked at again, by the worker."""
    if event.key == "peers_needed":
        enqueue(session, "settle_confirmations", key="settle_confirmations")


def end_stand_by(
    session: Session, event: TopicStateChanged | AnswerAccepted | AnswerConfirmed | ConfirmedByPeers
) -> None:
    """A topic may be closed, archived, a duplicate or solved now."""
    standing_by.end_with(session, session.get_one(Topic, event.topic_id))


def end_stand_by_with_post(session: Session, event: PostDeleted | PostTaken) -> None:
    """The opening post takes its topic along."""
    standing_by.end_with(session, session.get_one(Topic, session.get_one(Post, event.post_id).topic_id))
