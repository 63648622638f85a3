"""Looking at every board: each hour at its state, on the 1st of a month at its stage, and at months of imports;
each day at what was posted against the rules."""

from __future__ import annotations

from forum.core import clock
from forum.core.db import reading, transaction
from forum.importers.queries import posts_without_affiliation
from forum.organization.actions import open_item
from forum.organization.queries import host_for_update
from forum.stewardship import actions, check, queries
from forum.stewardship.exceptions import exceptions
from forum.stewardship.stages import evaluation


def evaluate_stages() -> None:
    """Counted while reading, so that nobody waits; written down a board at a time in short transactions."""
    session, now, uncounted = reading(), clock.now(), posts_without_affiliation()
    for board_id in queries.public_boards(session):
        months = queries.months_to_evaluate(session, board_id, now, uncounted)
        found = [evaluation(queries.facts(session, [board_id], month, uncounted)) for month in months]
        session.rollback()
        if found:
            with transaction() as writing:
                actions.keep_evaluations(writing, board_id, found)


def measure_boards() -> None:
    """What the guard reads: counted anew while reading, then moved along a board at a time in short transactions."""
    session, uncounted = reading(), posts_without_affiliation()
    for board_id in queries.boards(session):
        is_off = bool(check.drifts_of(session, board_id, clock.now(), uncounted))
        session.rollback()
        with transaction() as writing:
            actions.measure(writing, board_id, clock.now(), uncounted, is_off=is_off)


def ask_for_decisions() -> None:
    """Where the organization passed over its rules in more than one of ten posts, a decision is asked for."""
    session, now = reading(), clock.now()
    found = exceptions(session, now)
    session.rollback()
    if found.is_many:
        with transaction() as writing:
            if (there := host_for_update(writing)) is not None:
                open_item(writing, there, found.over, found.posts)
