"""Writing down that the guard judged without its numbers: once an hour, however much is published."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy.orm import Session

from forum.core.db.dialect import insert_for
from forum.core.events import emit
from forum.organization.counts import hour_of
from forum.organization.events import GuardDegraded
from forum.organization.notice_models import GuardLapse

log = logging.getLogger(__name__)


def note_lapse(session: Session, board_id: int, now: datetime, *, is_blind: bool) -> None:
    """It could not judge (`is_blind`), or its numbers are old."""
    table = GuardLapse.__table__
    insert = insert_for(session, table)  # type: ignore[arg-type]
    values = insert.values(hour=hour_of(now), is_blind=is_blind).on_conflict_do_nothing()
    if session.execute(values.returning(table.c.hour)).first() is None:
        return
    log.warning("The guard only advises on board %s: %s.", board_id, "it raised" if is_blind else "its numbers are old")
    emit(session, GuardDegraded(board_id))
