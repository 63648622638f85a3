"""Writing down where boards stand, and what is published there. Nobody asks for it: verbs and the calendar do."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forum.core.events import emit
from forum.organization.actions import counting
from forum.organization.counts import edge
from forum.organization.stages import Stage
from forum.posts.countable import is_meant
from forum.posts.models import Post, Topic
from forum.stewardship import check, queries
from forum.stewardship.events import BoardPromoted, DriftFound
from forum.stewardship.models import StageEvaluation
from forum.stewardship.queries import Uncounted
from forum.stewardship.stages import Evaluation, walk

log = logging.getLogger(__name__)

_ORDER = tuple(Stage)


def keep_evaluations(session: Session, board_id: int, evaluations: Sequence[Evaluation]) -> None:
    """Put these months, in their order, in the place of all from the first of them on.

    An import may bring months of long ago, and then the later ones are walked anew. A board does not go back by that:
    where it stood, it stands.
    """
    stood = queries.position(session, board_id)
    later = (StageEvaluation.board_id == board_id, StageEvaluation.at >= evaluations[0].at)
    session.execute(delete(StageEvaluation).where(*later))
    positions = walk(evaluations, queries.position(session, board_id))
    if _ORDER.index(positions[-1].stage) < _ORDER.index(stood.stage):
        positions = [*positions[:-1], stood]
    for found, position in zip(evaluations, positions, strict=True):
        stands = {"stage": position.stage, "since": position.since, "in_a_row": position.in_a_row}
        session.add(StageEvaluation(board_id=board_id, **asdict(found), **stands))
    session.flush()
    counting.place(session, board_id, check.evaluated(session, board_id), evaluations[-1].at)
    if _ORDER.index(positions[-1].stage) > _ORDER.index(stood.stage):
        emit(session, BoardPromoted(board_id, positions[-1].stage, positions[-1].since or evaluations[-1].at))


# ── what the guard reads ──────────────────────────────────────────────────────────────────────────────────────────────


def count_post(session: Session, topic: Topic, post: Post) -> None:
    """A post was published just now."""
    if is_meant(post):
        counting.count_published(
            session,
            topic.board_id,
            post.created_at,
            intent=post.intent,
            is_opening=post.is_opening,
            is_ours=bool(post.affiliation_kind),
        )


def recount(session: Session, board_id: int, hours: Collection[datetime], now: datetime, uncounted: Uncounted) -> None:
    """Posts of these hours count otherwise than they did, or elsewhere."""
    wanted = [hour for hour in hours if hour >= edge(now)]
    if wanted:
        counting.set_hours(session, board_id, check.these_hours(session, board_id, wanted, uncounted), now)


def recount_pins(session: Session, board_id: int, now: datetime) -> None:
    """A topic was pinned or unpinned, or went with its pin."""
    counting.keep_pins(session, board_id, check.pins_up(session, board_id, now), now)


def settle_boards(session: Session, board_ids: Iterable[int], now: datetime, uncounted: Uncounted) -> None:
    """Much may have come in at once: everything is counted anew, where anything differs."""
    for board_id in sorted(board_ids):
        if queries.was_measured(session, board_id) and not check.drifts_of(session, board_id, now, uncounted):
            continue
        check.settle(session, board_id, check.expected(session, board_id, now, uncounted), now)
        counting.move_along(session, board_id, now)


def measure(session: Session, board_id: int, now: datetime, uncounted: Uncounted, *, is_off: bool) -> None:
    """The 28 days are those before now. `is_off`: somebody who only read found a difference; it is looked for again
    while nobody publishes, told and mended."""
    found = check.drifts_of(session, board_id, now, uncounted, repair=True) if is_off else ()
    if found and queries.was_measured(session, board_id):
        for drift in found:
            log.warning("%s of board %s said %s; the rows say %s.", drift.what, board_id, drift.stored, drift.expected)
        emit(session, DriftFound(board_id))
    counting.move_along(session, board_id, now)
