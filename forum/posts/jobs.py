"""What happens to topics by the clock: doubts are told, topics close, and open again; what stands by is posted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy.orm import Session

from forum import identity
from forum.accounts.models import Account
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, NotFound, TooSoon
from forum.permissions import HOUSE, Actor
from forum.posts import actions
from forum.posts.actions import using
from forum.posts.guard_models import StandBy
from forum.posts.queries import guarded, tending
from forum.site import queries as sites
from forum.site.settings import duration


def tell_of_doubts() -> None:
    """Authors who have not responded in their time: everybody is told that a reader says it is no longer true."""
    rest = duration(sites.settings(reading()), "doubt_rest")
    for doubt_id in tending.doubts_due(reading(), clock.now() - rest):
        with transaction() as session:
            row, post = tending.doubt_for_update(session, doubt_id)
            actions.tell_of_doubt(session, HOUSE, row, post, rest)


def close_solved_topics() -> None:
    """Solved questions take no more replies some time after their last post; 0 days: they stay open."""
    quiet = duration(sites.settings(reading()), "close_solved")
    if not quiet:
        return
    for topic_id in tending.solved_and_quiet(reading(), clock.now() - quiet):
        with transaction() as session:
            try:
                topic = tending.topic_for_update(session, topic_id)
            except NotFound:
                continue
            actions.close_solved(session, HOUSE, topic, quiet)


def settle_confirmations() -> None:
    """The number of peers that confirm an answer was changed: what stands is asked anew, some topics a transaction."""
    after = 0
    while topic_ids := tending.worked_for_somebody(reading(), after):
        with transaction() as session:
            actions.settle_confirmations(session, HOUSE, topic_ids)
        after = topic_ids[-1]


BATCH = 100


def turn_due_topics() -> None:
    """Close and open what moderators set a time for, a hundred a transaction: what was turned is not due any more."""
    while True:
        with transaction() as session:
            if actions.turn_due_topics(session, HOUSE, BATCH) < BATCH:
                return


def forget_old_runs() -> None:
    """What moderators did with the tools and cannot take back any more."""
    with transaction() as session:
        using.forget_old_runs(session, HOUSE)


def turn_stand_bys() -> None:
    """Look at the replies that stand by, one a transaction, each as its author: post what members have had their time
    for. Safe to repeat: what is settled is not due any more."""
    session = reading()
    session.rollback()
    for stand_by_id, author_id in guarded.due(session, clock.now(), BATCH):
        session.rollback()
        try:
            _as_author(stand_by_id, author_id, actions.turn_stand_by)
        except TooSoon as error:
            _as_author(stand_by_id, author_id, partial(actions.delay_stand_by, seconds=error.seconds))
        except NotFound:
            continue  # its topic or its author is gone for good
        except ForumError as error:
            _as_author(stand_by_id, author_id, partial(actions.refuse_stand_by, sentence=error.sentence))


def _as_author(stand_by_id: int, author_id: int, verb: Callable[[Session, Actor, StandBy], object]) -> None:
    with transaction() as session:
        actor = identity.actor_for(session, session.get_one(Account, author_id))
        verb(session, actor, guarded.stand_by_for_update(session, actor, stand_by_id))
