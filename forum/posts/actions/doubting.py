"""Readers say that something is no longer true; whoever answers for it says whether that is so."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards import kinds
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts import doubts, standing
from forum.posts.events import DoubtRaised, DoubtSettled, DoubtTold, FoundOutdated, StillTrue
from forum.posts.models import Post
from forum.posts.outcome_models import Doubt


def doubt(session: Session, actor: Actor, post: Post, sentence: str) -> Doubt:
    """Say what is no longer true in `post` (with topic and board, locked): its author is asked first."""
    require(actor, Act.DOUBT, post)
    _check_doubtable(post)
    sentence = doubts.checked_sentence(sentence)
    if post.doubt_id is not None:
        raise Invalid(_("Somebody said so already, and an answer is awaited."))
    if post.outdated_at is not None:
        raise Invalid(_("It is marked as outdated already."))
    now = clock.now()
    row = Doubt(post_id=post.id, by_id=actor.account_id, sentence=sentence, created_at=now)
    session.add(row)
    session.flush()
    post.doubt_id = row.id
    emit(session, DoubtRaised(row.id, post.id))
    if doubts.told_at_once(has_author=_can_be_asked(session, post)):
        _tell(session, row, post, now)
    return row


def withdraw_doubt(session: Session, actor: Actor, post: Post) -> None:
    """Whoever raised the open doubt takes it back; harmless where there is none of theirs."""
    require(actor, Act.DOUBT, post)
    row = _open(session, post)
    if row is not None and row.by_id == actor.account_id:
        _settle(session, actor, post, row, doubts.WITHDRAWN)


def say_still_true(session: Session, actor: Actor, post: Post, review_on: date | None = None) -> None:
    """It was looked at and is still true, whatever was said. `review_on`: when to look again (reference pages)."""
    require(actor, Act.SETTLE_DOUBT, post)
    _check_doubtable(post)
    post.still_true_at, post.outdated_at = clock.now(), None
    if review_on is not None:
        day = doubts.check_review(review_on, clock.now().date())
        post.topic.fields = {**post.topic.fields, kinds.REVIEW_ON: day.isoformat()}
    if (row := _open(session, post)) is not None:
        _settle(session, actor, post, row, doubts.TRUE)
    standing.settle(session, post.topic, standing.ANSWER)
    emit(session, StillTrue(post.id, actor.account_id or 0))


def say_outdated(session: Session, actor: Actor, post: Post) -> None:
    """It is not true any more: readers are told since when, and its question is open again."""
    require(actor, Act.SETTLE_DOUBT, post)
    _check_doubtable(post)
    if post.outdated_at is None:
        post.outdated_at = clock.now()
    if (row := _open(session, post)) is not None:
        _settle(session, actor, post, row, doubts.OUTDATED)
    standing.settle(session, post.topic, standing.ANSWER)
    emit(session, FoundOutdated(post.id, actor.account_id or 0))


def tell_of_doubt(session: Session, actor: Actor, row: Doubt, post: Post, rest: timedelta) -> None:
    """Everybody is told of a doubt whose author has had their time (`rest`). For the house."""
    require(actor, Act.KEEP_TIME)
    now = clock.now()
    if row.settled_at is None and row.told_at is None and now - row.created_at >= rest:
        _tell(session, row, post, now)


def _check_doubtable(post: Post) -> None:
    """An answer that stands under its question, or a reference page."""
    kind, topic = post.topic.board.kind, post.topic
    if not (kind == "reference" and post.is_opening) and not (kind == "question" and topic.answer_post_id == post.id):
        raise Invalid(_("Only an answer under its question, or a reference page, can be out of date."))


def _can_be_asked(session: Session, post: Post) -> bool:
    author = session.get(Account, post.author_id) if post.author_id is not None else None
    return author is not None and not author.is_placeholder and author.deactivated_at is None


def _open(session: Session, post: Post) -> Doubt | None:
    if post.doubt_id is None:
        return None
    return session.scalars(select(Doubt).where(Doubt.id == post.doubt_id, Doubt.settled_at.is_(None))).first()


def _settle(session: Session, actor: Actor, post: Post, row: Doubt, verdict: str) -> None:
    row.settled_at, row.settled_by_id, row.verdict = clock.now(), actor.account_id, verdict
    post.doubt_id = post.doubted_at = None
    session.flush()
    emit(session, DoubtSettled(row.id, post.id, actor.account_id or 0, verdict))


def _tell(session: Session, row: Doubt, post: Post, now: datetime) -> None:
    row.told_at = post.doubted_at = now
    session.flush()
    emit(session, DoubtTold(row.id, post.id))
