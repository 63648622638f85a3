"""Accents that can be read."""

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
