"""Accents that can be read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.site import colours

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_the_guidelines():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    ("typed", "meant"),
    (("2E6A4F", "#2e6a4f"), (" #abc ", "#aabbcc"), ("green", None), ("#12345", None), ("", None), ("#１２３", None)),
)
def test_a_colour_is_read_as_people_write_it(typed, meant):
    assert colours.parse(typed) == meant


def test_the_green_of_the_house_can_be_read():
    assert colours.nearest_legible("#2e6a4f") == "#2e6a4f"


@given(COLOURS)
def test_every_colour_has_a_shade_for_the_light_and_one_for_the_dark(colour):
    near = colours.nearest_legible(colour)
    assert colours.legibility(near) >= 4.5
    assert near == colour or colours.legibility(colour) < 4.5
    assert colours.legibility_dark(colours.for_the_dark(near)) >= 7


@pytest.mark.parametrize("colour", ("#9a5b13", "#e0a85c", "#f28c28", "#d35400", "#7a4a1e", "#b8860b", "#6b4f3a"))
def test_amber_orange_and_brown_are_kept_for_the_voice_of_the_organization(colour):
    assert colours.passes_for_amber(colour)


@pytest.mark.parametrize("colour", ("#2e6a4f", "#c62828", "#7d6608", "#1565c0", "#7a3b5e", "#4a443c", "#000000"))
def test_red_gold_green_blue_and_grey_are_not(colour):
    assert not colours.passes_for_amber(colour)


def test_the_amber_that_is_kept_is_the_amber_that_is_shown():
    assert f"--amber: {colours.AMBER};" in Path("static/css/trellis.css").read_text().lower()
