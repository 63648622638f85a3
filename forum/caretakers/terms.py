"""For how long somebody looks after a board, and how that is said. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta

from forum.core.errors import Invalid
from forum.core.lines import one_line
from forum.core.words import gettext as _

TERMS = (3, 6, 12)
"""In months."""
NEARS = timedelta(days=14)
SHORTEST, LONGEST = 10, 300


def term_ends(since: datetime, months: int) -> datetime:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(since.month - 1 + months, 12)
    day = min(since.day, monthrange(since.year + year, month + 1)[1])
    return since.replace(year=since.year + year, month=month + 1, day=day)


def checked_term(months: int) -> int:
    """The term; Invalid for one that nobody offers."""
    if months not in TERMS:
        raise Invalid(_("Choose for how long."), "months")
    return months


def checked_why(typed: str) -> str:
    """Why this person, in a line; Invalid where that says nothing."""
    line = one_line(typed)
    if not SHORTEST <= len(line) <= LONGEST:
        said = {"least": SHORTEST, "most": LONGEST}
        raise Invalid(
            _("Say why it is them, in %(least)s to %(most)s characters: everybody reads it.", **said), "reason"
        )
    return line
