"""Whether something is still true: what may be said of it, what is overdue. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from forum.core.errors import Invalid
from forum.core.words import gettext as _

REVIEW_AGAIN = timedelta(days=365)
FARTHEST_REVIEW = timedelta(days=3 * 365)
SHORTEST, LONGEST = 10, 300

TRUE, OUTDATED, WITHDRAWN = "true", "outdated", "withdrawn"


def checked_sentence(sentence: str) -> str:
    """What is no longer true, in a sentence; raises Invalid where it says too little or too much."""
    clean = " ".join(sentence.split())
    if len(clean) < SHORTEST:
        raise Invalid(_("Say in a sentence what is no longer true: it helps whoever has to look."), "sentence")
    if len(clean) > LONGEST:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST, len=len(clean)), "sentence")
    return clean


def told_at_once(*, has_author: bool) -> bool:
    """Where nobody can be asked, everybody is told."""
    return not has_author


def review_day(text: object) -> date | None:
    """The day on which a reference page is to be looked at again, as its field keeps it."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def checked_review(typed: str, today: date) -> date:
    """The next day of review, by default in a year; raises Invalid for what is none."""
    return check_review(review_day(typed.strip()), today) if typed.strip() else today + REVIEW_AGAIN


def check_review(day: date | None, today: date) -> date:
    """The day of review, if it is to come and not very far; raises Invalid else."""
    if day is None or not today < day <= today + FARTHEST_REVIEW:
        raise Invalid(_("Choose a day to look at it again, in at most three years."), "review_on")
    return day
