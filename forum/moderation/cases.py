"""The kinds of what waits, one table: how long a decision may take, as it is shown in public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from forum.core.words import mark


class Kind(StrEnum):
    """Why something waits."""

    FLAGGED = "flagged"
    HELD = "held"
    SIGN_UP = "sign_up"
    APPEAL = "appeal"
    MENDED = "mended"
    SUGGESTION = "suggestion"
    NOTICE = "notice"
    PROPOSAL = "proposal"
    REVIEW = "review"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Line:
    """`within`: from when it waits until it should be decided; of objections where the charter promises nothing."""

    title: str
    within: timedelta


LINES: Mapping[Kind, Line] = {
    Kind.REVIEW: Line(mark("Done at once by the organization: look again"), timedelta(hours=48)),
    Kind.NOTICE: Line(mark("Reported as against the law"), timedelta(hours=24)),
    Kind.PROPOSAL: Line(mark("Proposed by the organization: a peer decides"), timedelta(hours=48)),
    Kind.FLAGGED: Line(mark("Flagged"), timedelta(hours=24)),
    Kind.MESSAGE: Line(mark("A message that was shown to you"), timedelta(hours=24)),
    Kind.HELD: Line(mark("Held before it is posted"), timedelta(hours=12)),
    Kind.MENDED: Line(mark("Mended by its author"), timedelta(hours=24)),
    Kind.SIGN_UP: Line(mark("Waits to join"), timedelta(hours=24)),
    Kind.APPEAL: Line(mark("An objection"), timedelta(days=7)),
    Kind.SUGGESTION: Line(mark("A suggested edit"), timedelta(days=3)),
}
REVIEWED_WITHIN = LINES[Kind.REVIEW].within
# Sooner than other flags: what may harm somebody, and what nobody can read meanwhile.
GRAVE_WITHIN, HIDDEN_WITHIN = timedelta(hours=6), timedelta(hours=12)


def due(within: timedelta, now: datetime) -> datetime:
    """Until when it should be decided: a full hour, so that of what came in the same hour the heavier stands first."""
    return (now + within).replace(minute=0, second=0, microsecond=0)
