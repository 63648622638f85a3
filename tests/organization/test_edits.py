"""Which edits of a post of the organization are looked at as a new one."""

from __future__ import annotations

import pytest

from forum.organization.edits import Wording, needs_evaluation
from forum.organization.intents import Intent

TEXT = "The tongue is filed to a third of a millimetre, and the valve closes before the bellows turn. " * 3


def edit(after, before=TEXT, intent=Intent.ANSWER):
    return needs_evaluation(Wording(Intent.ANSWER, before), Wording(intent, after))


def test_a_slip_of_the_pen_is_corrected_in_peace():
    assert not edit(TEXT)
    assert not edit(TEXT.replace("millimetre", "mm"))
    assert not edit(TEXT + "x" * 100)


def test_more_than_a_hundred_characters_are_looked_at_whether_they_come_or_go():
    assert edit(TEXT + "x" * 101)
    assert edit(TEXT[:-101])
    assert edit("y" * len(TEXT))


def test_another_purpose_is_looked_at():
    assert edit(TEXT, intent=Intent.OFFICIAL)


def test_a_welcome_that_becomes_an_answer_is_looked_at_piece_by_piece():
    """What the guard saw last is what counts: pieces of ninety characters make no way round it."""
    grown = "Welcome!" + "x" * 90
    assert not edit(grown, "Welcome!")
    assert edit(grown + "x" * 90, "Welcome!")


@pytest.mark.parametrize(
    "link",
    (
        "https://example.org", "HTTP://example.org/a", "www.example.org", "mailto:us@example.org",
        "[here](/t/5-reeds)", "[here]( <../t/5> )", "![shop](/uploads/1)", "<https://example.org>",
        "\n\n[1]: example.org",
    ),
)  # fmt: skip
def test_a_link_more_is_looked_at(link):
    assert edit(f"{TEXT} {link}")
    assert not edit(TEXT, f"{TEXT} {link}")  # one less is not


def test_a_full_stop_after_a_link_makes_no_new_one():
    assert not edit("See https://example.org/a.", "See https://example.org/a")
    assert not edit("See (https://example.org/a), too", "See https://example.org/a")
    assert edit("See https://example.org/b", "See https://example.org/a")
