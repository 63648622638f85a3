"""What members' flags hid, its author may mend, once: after ten minutes an edit shows it again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.events import emit
from forum.moderation.actions.opening import close_case, open_case
from forum.moderation.actions.ruling import judge_flags
from forum.moderation.cases import Kind
from forum.moderation.events import CaseClosed, Mended
from forum.moderation.models import Case
from forum.moderation.operations import HIDE, OPERATIONS
from forum.moderation.queries.mending import mending
from forum.moderation.subjects import Subject
from forum.permissions import Act, Actor, require


def mend(session: Session, actor: Actor, subject: Subject) -> bool:
    """The author of a hidden post (locked) edited it. Whether it is shown again: not sooner than ten minutes after it
    was hidden, and not a second time. Its flags are cleared, and moderators look at it."""
    require(actor, Act.RESTORE_POST, subject.row)
    now = clock.now()
    found = mending(session, subject.id)
    if found is None or not found.opens(now):
        return False
    hidden = found.ruling
    OPERATIONS[HIDE].undo(session, actor, subject, hidden.params, hidden.before)
    hidden.state, hidden.undone_at, hidden.undone_by_id, hidden.undone_how = "undone", now, None, "mended"
    case = session.get(Case, hidden.case_id, with_for_update=True) if hidden.case_id else None
    if case is not None and case.closed_at is None:
        judge_flags(session, case, subject, "cleared", now)
        close_case(session, case, "mended", None, now)
        emit(session, CaseClosed(case.id))
    open_case(session, Kind.MENDED, subject, now)
    emit(session, Mended(hidden.id))
    return True
