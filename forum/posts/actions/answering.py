"""Choosing the answer of a question, and taking the choice back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization.intents import SOFT, Intent
from forum.permissions import Act, Actor, require
from forum.posts import standing, tallies
from forum.posts.actions import purposes
from forum.posts.events import AnswerAccepted, AnswerWithdrawn
from forum.posts.models import Post
from forum.posts.powers import Concerned, check_wording


def accept_answer(session: Session, actor: Actor, post: Post) -> None:
    """Make `post` (with topic and board, locked) the answer; an earlier choice gives way."""
    require(actor, Act.ACCEPT_ANSWER, post)
    _check_powers(actor, post)
    topic = post.topic
    if topic.board.kind != "question":
        raise Invalid(_("Only questions have an answer."))
    if post.is_opening:
        raise Invalid(_("The question cannot be its own answer."))
    if topic.accepted_post_id == post.id:
        return
    tallies.unaccepted(session, topic)
    topic.accepted_post_id, topic.accepted_at, topic.accepted_by_id = post.id, clock.now(), actor.account_id
    tallies.accepted(session, topic)
    if post.affiliation_kind and post.intent in SOFT:  # it answers: whoever wrote it called it otherwise
        post.intent = str(Intent.ANSWER)
        purposes.take_effect(session, post, clock.now())
    standing.settle(session, topic, standing.ANSWER)
    emit(session, AnswerAccepted(topic.id, post.id, actor.account_id or 0))


def withdraw_answer(session: Session, actor: Actor, post: Post) -> None:
    """The topic is open again; harmless when `post` is not its answer."""
    require(actor, Act.ACCEPT_ANSWER, post)
    _check_powers(actor, post)
    topic = post.topic
    if topic.accepted_post_id != post.id:
        return
    tallies.unaccepted(session, topic)
    topic.accepted_post_id = topic.accepted_at = topic.accepted_by_id = None
    standing.settle(session, topic, standing.ANSWER)
    emit(session, AnswerWithdrawn(topic.id, post.id, actor.account_id or 0))


def _check_powers(actor: Actor, post: Post) -> None:
    """For the asker, the host's people do not choose alone what answers a question about it, or its own words."""
    topic = post.topic
    chosen = Concerned(topic.author_id, topic.concerns_host or post.concerns_host)
    check_wording(actor, chosen, is_feedback=topic.board.is_feedback)
