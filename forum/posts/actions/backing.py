"""Votes for ideas, and "I have this too" under questions: one a member, and it can be taken back.

Who backs a topic follows it from then on, unless they chose how closely; taking it back leaves that as it is.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.following.levels import Level
from forum.permissions import Act, Actor, require
from forum.posts import ideas
from forum.posts.actions.reading import position_for_update, rise
from forum.posts.events import BackingWithdrawn, TopicBacked
from forum.posts.models import Topic
from forum.posts.outcome_models import TOO, VOTE, Backing


def vote(session: Session, actor: Actor, topic: Topic) -> None:
    """Vote for an idea (`topic` locked, with its board); twice is once."""
    require(actor, Act.VOTE_FOR_IDEA, topic)
    if topic.board.kind != "idea":
        raise Invalid(_("Only ideas are voted for."))
    ideas.check_votable(topic.idea_state)
    give_vote(session, actor, topic)


def give_vote(session: Session, actor: Actor, topic: Topic) -> None:
    """A vote of the actor, whom `vote` or starting the idea has asked."""
    _back(session, actor, topic, VOTE)


def unvote(session: Session, actor: Actor, topic: Topic) -> None:
    """Take the vote back; harmless where there is none."""
    require(actor, Act.TAKE_BACK, topic)
    if topic.board.kind == "idea":
        ideas.check_votable(topic.idea_state)
    _take_back(session, actor, topic, VOTE)


def have_too(session: Session, actor: Actor, topic: Topic) -> None:
    """Have the same question (`topic` locked, with its board); twice is once."""
    require(actor, Act.HAVE_TOO, topic)
    if topic.board.kind != "question":
        raise Invalid(_("Only a question can be yours, too."))
    _back(session, actor, topic, TOO)


def have_no_more(session: Session, actor: Actor, topic: Topic) -> None:
    """Have it no more; harmless where one had not."""
    require(actor, Act.TAKE_BACK, topic)
    _take_back(session, actor, topic, TOO)


def _back(session: Session, actor: Actor, topic: Topic, kind: str) -> None:
    if session.get(Backing, (topic.id, actor.account_id, kind)) is not None:
        return
    now = clock.now()
    session.add(Backing(topic_id=topic.id, account_id=actor.account_id, kind=kind, created_at=now))
    _count(topic, kind, +1)
    rise(position_for_update(session, actor.account_id or 0, topic.id, now), Level.TRACKING)
    session.flush()
    emit(session, TopicBacked(topic.id, actor.account_id or 0, kind))


def _take_back(session: Session, actor: Actor, topic: Topic, kind: str) -> None:
    row = session.get(Backing, (topic.id, actor.account_id, kind))
    if row is None:
        return
    session.delete(row)
    _count(topic, kind, -1)
    session.flush()
    emit(session, BackingWithdrawn(topic.id, actor.account_id or 0, kind))


def _count(topic: Topic, kind: str, step: int) -> None:
    """The topic is locked: nobody else counts meanwhile."""
    if kind == VOTE:
        topic.vote_count += step
    else:
        topic.too_count += step
