"""Situations that the guard is asked about: a board on a Monday morning, a question of twenty minutes ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from forum.organization.guard import evaluate
from forum.organization.hours import Hours
from forum.organization.intents import Intent
from forum.organization.situation import (
    BoardState,
    LastPost,
    Notice,
    NoticeKind,
    Pinned,
    Purpose,
    TopicFacts,
    Writer,
)
from forum.organization.stages import LIMITS, Position, Stage
from forum.organization.windows import Asked

ASKED = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday."""
NOW = ASKED + timedelta(minutes=20)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AWAKE = Hours(ZoneInfo("UTC"))

MEMBER, STAFF, ANNOUNCER = Writer(False), Writer(True), Writer(True, is_announcer=True, may_warn=True)


def topic(**facts) -> TopicFacts:
    """A member's question, 20 minutes old unless `at` says otherwise, without a reply."""
    asked = {name: facts.pop(name) for name in Asked.__slots__ if name in facts}
    return TopicFacts(Asked(**({"at": ASKED} | asked)), **facts)


OLD = topic(at=ASKED - 10 * DAY)
"""Its window is over."""


def board(stage=Stage.ESTABLISHMENT, limits=None, **state) -> BoardState:
    """A board on which the organization has room, measured an hour ago. `limits`: what a charter says otherwise."""
    quiet: dict[str, Any] = {"our_posts": 4, "posts": 100, "our_topics": 0, "topics": 20, "measured_at": NOW - HOUR}
    return BoardState(Position(stage), replace(LIMITS[stage], **(limits or {})), AWAKE, **(quiet | state))


def judge(intent=Intent.ANSWER, about=OLD, on=None, *, by=STAFF, now=NOW, **purpose):
    """What the guard says. `about=None` begins a topic."""
    return evaluate(by, about, on or board(), Purpose(intent, **purpose), "", now)


def rule(verdict, id_):
    """The strongest of a rule's sayings, or None."""
    return max((one for one in verdict.rules if one.id == id_), key=lambda one: one.level, default=None)


def level(verdict, id_) -> int:
    found = rule(verdict, id_)
    return 0 if found is None else found.level


# ── any situation at all ──────────────────────────────────────────────────────────────────────────────────────────────
# Drawn from few values each, that lie about what matters; what lowers everything is rare.

SPANS = [timedelta(minutes=minutes) for minutes in (1, 90, 600, 1_435, 1_445, 3_000, 9_000, 12_000)]
PAST, FUTURE = [NOW - span for span in SPANS], [NOW + span for span in SPANS]
MAYBE_PAST, MAYBE_FUTURE = st.sampled_from([None, None, *PAST]), st.sampled_from([None, None, *FUTURE])
MAYBE = st.sampled_from([None] * 8 + [PAST[1], FUTURE[0]])
RARELY, OFTEN = st.sampled_from([False] * 5 + [True]), st.booleans()
FEW, SOME, MANY = (st.sampled_from(row) for row in ((0, 1, 2, 3, 5), (0, 1, 3, 8, 12), (0, 5, 10, 20, 40, 60)))
SHARES = st.sampled_from([None, Fraction(0), Fraction(1, 5), Fraction(2, 5), Fraction(46, 100), Fraction(1)])
MAYBE_PINNED = st.sampled_from([None] * 8 + [Pinned(NOW + n * DAY, n == 7) for n in (1, 7, 40)])
NOTICES = st.sampled_from([None, None, *(Notice(NoticeKind.SAFETY, at) for at in (None, *PAST[2:5]))])
PURPOSES = st.builds(
    Purpose,
    st.sampled_from([*Intent, Intent.ANSWER, Intent.ANSWER, Intent.ANSWER]),
    OFTEN,
    NOTICES,
    MAYBE_PINNED,
    MAYBE_PINNED,
)
WRITERS = st.sampled_from([STAFF, ANNOUNCER])
ASKS = st.builds(Asked, st.sampled_from([*PAST, *PAST[:3]]), RARELY, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE_FUTURE)
LASTS = st.none() | st.builds(LastPost, st.sampled_from(PAST), OFTEN, OFTEN)


def _topic(asked, last, ours, theirs, people, recent, colleague, thanks, *flags) -> TopicFacts:
    counts = {"replies": ours + theirs, "our_replies": ours, "peer_authors": people, "recent_peer_posts": recent}
    names = ("wants_organization", "is_urgent", "is_slot", "is_due", "has_human_reply", "is_writers_seed")
    return TopicFacts(
        asked, last=last, colleague_at=colleague, our_thanks=thanks, **counts, **dict(zip(names, flags, strict=True))
    )


def _board(stage, since, then, measured_at, posts, topics, few, **more) -> BoardState:
    counts = (posts[0], sum(posts), topics[0], sum(topics))
    return BoardState(Position(stage, since, 0, then), LIMITS[stage], AWAKE, measured_at, *counts, *few, **more)


_FLAGS = (RARELY, RARELY, RARELY, RARELY, OFTEN, RARELY)
A_TOPIC = st.builds(_topic, ASKS, LASTS, FEW, SOME, FEW, FEW, MAYBE_PAST, FEW, *_FLAGS)
TOPICS = st.none() | A_TOPIC
BOARDS = st.builds(
    _board, st.sampled_from(list(Stage)), MAYBE_PAST, SHARES, st.sampled_from(PAST[:5]), st.tuples(MANY, MANY),
    st.tuples(SOME, SOME), st.tuples(FEW, FEW, FEW, FEW), banner_until=MAYBE_FUTURE, staff_first=SHARES,
    is_for_announcements=RARELY, is_staff_only=RARELY, is_review_overdue=RARELY, shadow_until=MAYBE,
    incident_since=MAYBE, seeded_at=MAYBE_PAST,
)  # fmt: skip
