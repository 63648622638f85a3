"""Looking at every board: each hour at its state, on the 1st of a month at its stage, and at months of imports."""

from __future__ import annotations

from forum.core import clock
from forum.core.db import reading, transaction
from forum.importers.queries import posts_without_affiliation
from forum.stewardship import actions, check, queries
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
