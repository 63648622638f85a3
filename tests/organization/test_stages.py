"""The organization's ceiling comes down slowly after a promotion."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.organization.stages import LIMITS, Position, Stage, voice_ceiling

THEN = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(("days", "ceiling"), ((0, "0.47"), (42, "0.41"), (84, "0.35"), (400, "0.35")))
def test_the_known_glide(days, ceiling):
    promoted = Position(Stage.ESTABLISHMENT, THEN, voice_then=Fraction("0.47"))
    assert voice_ceiling(promoted, THEN + timedelta(days=days)) == Fraction(ceiling)


def test_who_was_below_it_already_gets_no_room_for_that():
    promoted = Position(Stage.ESTABLISHMENT, THEN, voice_then=Fraction("0.20"))
    assert voice_ceiling(promoted, THEN) == Fraction("0.35")


def test_where_nothing_was_looked_at_yet_the_first_stage_holds():
    assert voice_ceiling(Position(), THEN) == Fraction("0.60")


@given(st.sampled_from(list(Stage)), st.fractions(0, 1), st.integers(0, 200), st.integers(0, 200))
def test_it_never_rises_and_never_falls_below_where_it_shall_be(stage, voice, one, other):
    position = Position(stage, THEN, voice_then=voice)
    sooner, later = (voice_ceiling(position, THEN + timedelta(days=days)) for days in sorted((one, other)))
    assert sooner >= later >= Fraction(LIMITS[stage].voice)
