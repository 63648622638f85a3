"""What the worker does for seeds: posting what is due as its owner, and looking after a week at what came of it."""

from __future__ import annotations

from forum import identity
from forum.accounts.models import Account
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, NotFound, TooSoon
from forum.core.web.running import settings
from forum.permissions import HOUSE
from forum.posts.written import written_by
from forum.seeding import actions, queries
from forum.seeding.queries import Due

BATCH = 50


def post_due_seeds() -> None:
    """One transaction each, rendered before. Safe to repeat: what is posted or held back is not due any more."""
    session = reading()
    session.rollback()
    for found in queries.due(session, clock.now(), BATCH):
        _post(found)


def review_seeds() -> None:
    """One transaction each. Safe to repeat: what is reviewed waits for no review."""
    session = reading()
    ripe = queries.to_review(session, clock.now(), BATCH)
    session.rollback()
    for seed_id in ripe:
        with transaction() as writing:
            actions.review(writing, HOUSE, queries.one(writing, seed_id))


def _post(found: Due) -> None:
    session = reading()
    owner = identity.actor_for(session, session.get_one(Account, found.owner_id))
    try:
        body = written_by(session, owner, found.words, settings().base_url, board_id=0)
        with transaction() as writing:
            row = queries.one(writing, found.id)
            is_due = row.state == "planned" and row.held_at is None and row.planned_at <= clock.now()
            if is_due and row.words == found.words:
                owner = identity.actor_for(writing, row.owner)
                actions.post(writing, owner, row, body, by_hand=False)
    except NotFound:
        return  # gone meanwhile, with its board
    except TooSoon as error:
        if not error.seconds:  # else a pause between two topics: the next round comes in a minute
            _hold(found.id, error)
    except ForumError as error:
        _hold(found.id, error)


def _hold(seed_id: int, error: ForumError) -> None:
    with transaction() as session:
        actions.hold(session, HOUSE, queries.one(session, seed_id), error.sentence)
