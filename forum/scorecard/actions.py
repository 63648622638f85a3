"""Writing scorecards down: once a week by the calendar, and anew by somebody who says why. Nobody changes one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import Conflict, Invalid, NotFound
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.organization.models import Organization
from forum.permissions import Act, Actor, require
from forum.scorecard import queries
from forum.scorecard.events import ScorecardMade
from forum.scorecard.models import LONGEST_REASON, Scorecard, ScorecardPart
from forum.scorecard.reckoning import Part
from forum.site.actions import note_deed

SHORTEST_REASON = 15
SHORTEST_NAME = 3
"""Letters: what is shorter is no name that anybody would know."""


def make(session: Session, week: date, parts: Sequence[Part]) -> Scorecard | None:
    """The scorecard of a week; None where it has one already, which stays as it is."""
    if _last_version(session, week):
        return None
    return _keep(session, week, parts, 1, "")


def recompute(
    session: Session,
    actor: Actor,
    host: Organization,
    week: date,
    parts: Sequence[Part],
    reason: str,
    *,
    base: int | None = None,
) -> Scorecard:
    """Another version of a week's scorecard, reckoned anew, with the reason that everybody reads. `host` is locked;
    `base`: the version with which it was compared. Pressed twice it is one; Conflict where no number changes."""
    require(actor, Act.RECOMPUTE, host)
    said = checked_reason(session, reason)
    last = queries.scorecard(session, week)
    if last is None:
        raise NotFound(_("That week has no scorecard."))
    if base is not None and base != last.version:
        if base == last.version - 1 and last.reason == said:
            return last
        raise Conflict(_("It was reckoned anew meanwhile. Look at what would change now."))
    if not queries.would_change(session, last, parts):
        raise Conflict(_("Nothing changed: every number is what it was, so there is no new version."))
    row = _keep(session, week, parts, last.version + 1, said)
    about = {"week": week.isoformat(), "number": row.version, "reason": said}
    note_deed(session, actor, "organization", host.id, "recomputed", after=about)
    return row


def checked_reason(session: Session, words: str) -> str:
    """Why, in a line; Invalid where that explains nothing, or names somebody."""
    line = one_line(words)
    if not SHORTEST_REASON <= len(line) <= LONGEST_REASON:
        said = {"least": SHORTEST_REASON, "most": LONGEST_REASON}
        raise Invalid(_("Say why, in %(least)s to %(most)s characters: members read it.", **said), "reason")
    if "@" in line:
        raise Invalid(_("Name nobody: a scorecard names no member and no employee."), "reason")
    whole = _in_words(line)
    for row in session.execute(select(Account.name, Account.display_name).execution_options(yield_per=5_000)):
        for name in filter(None, row):
            if sum(sign.isalpha() for sign in name) >= SHORTEST_NAME and _in_words(name) in whole:
                raise Invalid(_("Name nobody: somebody here is called “%(name)s”.", name=name), "reason")
    return line


def _in_words(text: str) -> str:
    """Its words without what stands between them, so that whole words are found in it."""
    return " " + " ".join(re.findall(r"\w+", text.casefold())) + " "


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
