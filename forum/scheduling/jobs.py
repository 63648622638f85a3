"""What the worker does: publishing what is due, as its author, with the author's rights and limits of that moment."""

from __future__ import annotations

from forum import identity
from forum.accounts.models import Account
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, NotFound, TooSoon
from forum.core.web.running import settings
from forum.permissions import HOUSE
from forum.posts.written import written_by
from forum.scheduling import actions, queries

BATCH = 50


def publish_due() -> None:
    """One transaction each, rendered before. Safe to repeat: what is published is not waiting any more."""
    session = reading()
    session.rollback()
    for scheduled_id, author_id, source, board_id in queries.due(session, clock.now(), BATCH):
        _publish(scheduled_id, author_id, source, board_id)


def _publish(scheduled_id: int, author_id: int, source: str, board_id: int) -> None:
    session = reading()
    author = identity.actor_for(session, session.get_one(Account, author_id))
    try:
        body = written_by(session, author, source, settings().base_url, board_id=board_id)
    except ForumError as error:
        _give_back(scheduled_id, author_id, error)
        return
    try:
        with transaction() as session:
            actor = identity.actor_for(session, session.get_one(Account, author_id))
            row = queries.one(session, actor, scheduled_id, lock=True)
            if row.source == source and row.refused_at is None and row.publish_at <= clock.now():
                actions.publish(session, actor, row, body, by_hand=False)
    except NotFound:
        return  # cancelled, or published by hand, meanwhile
    except ForumError as error:
        _give_back(scheduled_id, author_id, error)


def _give_back(scheduled_id: int, author_id: int, error: ForumError) -> None:
    if isinstance(error, TooSoon) and error.seconds:
        return  # a pause between two topics: the next round comes in a minute
    with transaction() as session:
        try:
            actor = identity.actor_for(session, session.get_one(Account, author_id))
            row = queries.one(session, actor, scheduled_id, lock=True)
        except NotFound:
            return
        actions.give_back(session, HOUSE, row, actor, error.sentence)
