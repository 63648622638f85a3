"""Counting anew, on a clock: what moves fast often, what looks back far seldom."""

from __future__ import annotations

from forum.core import clock
from forum.core.db import reading, transaction
from forum.popularity import actions, queries
from forum.popularity.scores import Span


def score_now() -> None:
    """What is hot, and the day."""
    _score(Span.HOT, Span.DAY)


def score_weeks() -> None:
    """The week and the month."""
    _score(Span.WEEK, Span.MONTH)


def score_year() -> None:
    """The year."""
    _score(Span.YEAR)


def score_all() -> None:
    """Every list: when there are none yet."""
    _score(*Span)


def _score(*spans: Span) -> None:
    """Counted while reading, so that nobody waits; written down in a short transaction of its own."""
    for span in spans:
        now = clock.now()
        scores = queries.scores(reading(), span, now)
        with transaction() as session:
            actions.keep_scores(session, span, scores, now)
