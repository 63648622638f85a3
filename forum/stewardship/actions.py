"""Writing down where boards stand. Nobody asks for it: the calendar does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forum.core.events import emit
from forum.organization.stages import Stage
from forum.stewardship import queries
from forum.stewardship.events import BoardPromoted
from forum.stewardship.models import StageEvaluation
from forum.stewardship.stages import Evaluation, walk

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
    if _ORDER.index(positions[-1].stage) > _ORDER.index(stood.stage):
        emit(session, BoardPromoted(board_id, positions[-1].stage, positions[-1].since or evaluations[-1].at))
