"""Writing scorecards down: once a week by the calendar, and anew by somebody who says why. Nobody changes one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid, NotFound
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.organization.models import Organization
from forum.permissions import Act, Actor, require
from forum.scorecard.events import ScorecardMade
from forum.scorecard.models import LONGEST_REASON, Scorecard, ScorecardPart
from forum.scorecard.reckoning import Part
from forum.site.actions import note_deed

SHORTEST_REASON = 15


def make(session: Session, week: date, parts: Sequence[Part]) -> Scorecard | None:
    """The scorecard of a week; None where it has one already, which stays as it is."""
    if _last_version(session, week):
        return None
    return _keep(session, week, parts, 1, "")


def recompute(
    session: Session, actor: Actor, host: Organization, week: date, parts: Sequence[Part], reason: str
) -> Scorecard:
    """Another version of a week's scorecard, reckoned anew, with the reason that everybody reads. `host` is locked."""
    require(actor, Act.RECOMPUTE, host)
    said = checked_reason(reason)
    last = _last_version(session, week)
    if not last:
        raise NotFound(_("That week has no scorecard."))
    row = _keep(session, week, parts, last + 1, said)
    about = {"week": week.isoformat(), "number": row.version, "reason": said}
    note_deed(session, actor, "organization", host.id, "recomputed", after=about)
    return row


def checked_reason(words: str) -> str:
    """Why, in a line; Invalid where that explains nothing, or names somebody."""
    line = one_line(words)
    if not SHORTEST_REASON <= len(line) <= LONGEST_REASON:
        said = {"least": SHORTEST_REASON, "most": LONGEST_REASON}
        raise Invalid(_("Say why, in %(least)s to %(most)s characters: members read it.", **said), "reason")
    if "@" in line:
        raise Invalid(_("Name nobody: a scorecard names no member and no employee."), "reason")
    return line


def _last_version(session: Session, week: date) -> int:
    return session.scalar(select(func.max(Scorecard.version)).where(Scorecard.week == week)) or 0


def _keep(session: Session, week: date, parts: Sequence[Part], version: int, reason: str) -> Scorecard:
    row = Scorecard(week=week, version=version, made_at=clock.now(), reason=reason)
    session.add(row)
    session.flush()
    for part in parts:
        session.add(
            ScorecardPart(
                scorecard_id=row.id, board_id=part.board_id, slug=part.slug, name=part.name, data=dict(part.data)
            )
        )
    session.flush()
    emit(session, ScorecardMade(row.id, version))
    return row
