"""Charters to test with: one that may be saved, whatever Hypothesis thinks of, and what they are held against."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from forum.organization.charter import (
    USUAL,
    Answer,
    Charter,
    Clock,
    Commitment,
    Kind,
    Question,
    Staffed,
    Stand,
)
from forum.organization.dials import DIALS
from forum.organization.hours import Hours
from forum.organization.refusals import Surroundings
from forum.organization.stages import Stage
from forum.organization.versions import Version
from forum.permissions import Role

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANN, BEN, CLEO, PEER = 1, 2, 3, 9

GOOD = Charter(
    answers={question: Answer(Stand.LIMITED, "As far as it helps.") for question in Question},
    roles={
        Role.RESPONDER: Staffed(ANN, BEN, 6),
        Role.LISTENER: Staffed(BEN, ANN, 2),
        Role.ANNOUNCER: Staffed(CLEO, ANN, 1),
        Role.HOST: Staffed(ANN, PEER, 3),
    },
    commitments={Kind.NO_SILENCE: Commitment(24), Kind.NEWCOMER_HELLO: Commitment(24, Clock.WALL, 90)},
    service=Hours(ZoneInfo("UTC"), {day: (time(9), time(17)) for day in range(5)}),
    will_not=("We sell nothing here.",),
    review_by=date(2026, 12, 1),
)
AROUND = Surroundings(
    today=TODAY, people=frozenset({ANN, BEN, CLEO}), moderators=frozenset({PEER}), zones={7: "UTC", 8: "Asia/Tokyo"}
)


def but(charter: Charter = GOOD, **values: Any) -> Charter:
    """The same, except for this."""
    return replace(charter, **values)


def turn(key: str, value: int, stage: Stage = Stage.MATURITY, board_id: int | None = None) -> Charter:
    """GOOD with a dial turned, for all boards or for one."""
    changes = {stage: {key: value}}
    return but(limits=changes) if board_id is None else but(boards={board_id: changes})


_dial = st.one_of([st.tuples(st.just(key), st.integers(dial.least, dial.most)) for key, dial in DIALS.items()])
_dials = st.lists(_dial, min_size=1, unique_by=lambda turned: turned[0]).map(dict)
changes = st.dictionaries(st.sampled_from(Stage), _dials, max_size=2)
_clock = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
_week = st.dictionaries(
    st.integers(0, 6), st.sets(_clock, min_size=2, max_size=2).map(lambda two: (min(two), max(two))), min_size=1
)
_text = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
hours = st.builds(
    Hours,
    zone=st.sampled_from([ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")]),
    week=_week,
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=3),
)
commitments = st.dictionaries(
    st.sampled_from(Kind),
    st.builds(Commitment, st.integers(1, 2000), st.sampled_from(Clock), st.integers(50, 100)),
)
charters = st.builds(
    Charter,
    answers=st.dictionaries(st.sampled_from(Question), st.builds(Answer, st.sampled_from(Stand), _text)),
    roles=st.dictionaries(
        st.sampled_from(Role), st.builds(Staffed, st.integers(0, 9), st.integers(0, 9), st.integers(0, 40))
    ),
    commitments=commitments,
    service=hours,
    will_not=st.lists(_text, max_size=3).map(tuple),
    limits=changes,
    boards=st.dictionaries(st.integers(1, 9), changes, max_size=2),
    review_by=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Version]:
    """One version after another, minutes or weeks apart."""
    at, versions = NOON, []
    for number, charter in enumerate(draw(st.lists(charters, min_size=1, max_size=4)), start=1):
        at += timedelta(minutes=draw(st.integers(1, 60 * 24 * 15)))
        versions.append(Version(number, at, charter))
    return versions


def every_dial(*boards: int):
    """(key, stage, board or None), all of them."""
    return [(key, stage, board) for key in USUAL[Stage.MATURITY] for stage in Stage for board in (None, *boards)]
