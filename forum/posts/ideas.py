"""How far an idea is: the states, which are still open, and what may follow. Pure."""

from __future__ import annotations

from forum.core.errors import Invalid
from forum.core.words import gettext as _

NEW, DISCUSSION, PLANNED, DOING, DONE, DECLINED, DUPLICATE = (
    *("new", "discussion", "planned", "doing"),
    *("done", "declined", "duplicate"),
)

STATES = (NEW, DISCUSSION, PLANNED, DOING, DONE, DECLINED, DUPLICATE)
OPEN = (NEW, DISCUSSION, PLANNED, DOING)
# What became of it is decided: that it will be done, too.
DECIDED = (PLANNED, DOING, DONE, DECLINED, DUPLICATE)
# What somebody may choose: an idea becomes a duplicate by being merged, and stops being one when that is undone.
CHOICES = tuple(state for state in STATES if state != DUPLICATE)

SHORTEST_REASON, LONGEST_REASON = 5, 1000


def check_votable(state: str) -> None:
    """Raise Invalid, in words, where votes would change nothing any more."""
    if state == DUPLICATE:
        raise Invalid(_("This idea was merged into another: vote there."))
    if state not in OPEN:
        raise Invalid(_("This idea is decided, so votes are closed."))


def check_change(before: str, after: str) -> None:
    """Raise Invalid unless an idea may go from one state to the other by choice."""
    if after not in CHOICES:
        raise Invalid(_("Choose how far the idea is."), "state")
    if before == DUPLICATE:
        raise Invalid(_("This idea was merged into another. Undo that first."), "state")
    if before == after:
        raise Invalid(_("It is in this state already."), "state")


def checked_reason(reason: str) -> str:
    """Why an idea changes its state, for everybody to read; raises Invalid where there is none, or too much."""
    clean = reason.strip()
    if len(clean) < SHORTEST_REASON:
        raise Invalid(_("Say why, in a sentence: everybody who follows the idea will read it."), "reason")
    if len(clean) > LONGEST_REASON:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_REASON, len=len(clean)), "reason")
    return clean
