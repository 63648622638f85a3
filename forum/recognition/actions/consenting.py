"""Whether a recognition may be shown: its member says so, and changes their mind whenever they like."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.recognition.events import RecognitionAnswered
from forum.recognition.models import Recognition


def answer(session: Session, actor: Actor, row: Recognition, *, is_public: bool) -> None:
    """Yes or no. Asked once; after that it is the member who changes it."""
    require(actor, Act.ANSWER_RECOGNITION, row)
    if row.withdrawn_at is not None:
        raise Conflict(_("That was taken back."))
    row.is_public, row.answered_at = is_public, clock.now()
    session.flush()
    emit(session, RecognitionAnswered(row.id, is_public))


def hide_all(session: Session, actor: Actor) -> int:
    """Show none of one's own any more; says how many were shown."""
    shown = session.scalars(
        select(Recognition).where(Recognition.account_id == (actor.account_id or 0), Recognition.is_public.is_(True))
    ).all()
    for row in shown:
        require(actor, Act.ANSWER_RECOGNITION, row)
        row.is_public, row.answered_at = False, clock.now()
        session.flush()
        emit(session, RecognitionAnswered(row.id, False))
    return len(shown)
