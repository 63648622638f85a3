"""Until when what waits should be decided: as `cases.LINES` says, and for objections as the charter promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from forum.moderation.cases import LINES, Kind, due
from forum.organization import charter, duties
from forum.organization.promises import Promise
from forum.organization.queries.chartering import charter_history
from forum.organization.versions import History


@dataclass(frozen=True)
class Targets:
    """What is promised, by the charters of a while."""

    history: History

    def promise(self, kind: Kind, since: datetime, done_at: datetime | None = None) -> Promise:
        """For what has waited since then."""
        if kind is Kind.APPEAL:
            held = self.history.at(since)
            found = duties.promised(charter.Kind.APPEAL, since, held.commitments, held.service, done_at)
            if found is not None:
                return found
        return Promise(since, LINES[kind].within, done_at)


def targets(session: Session, until: datetime, back: timedelta = timedelta()) -> Targets:
    """Those of a time that ends then. One question."""
    return Targets(charter_history(session, until, back))


def due_by(session: Session, kind: Kind, now: datetime) -> datetime:
    """Until when what comes now should be decided."""
    if kind is not Kind.APPEAL:
        return due(LINES[kind].within, now)
    ends = targets(session, now).promise(kind, now).due_at
    return due(ends - now if ends is not None else LINES[kind].within, now)
