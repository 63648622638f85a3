"""A suggestion fits a post that was changed since, where both changes are in different places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from forum.posts.weaving import weave
from forum.suggestions.fitting import Words, fit, says_the_same

lines = st.lists(st.sampled_from("abcd"), max_size=8).map(lambda some: "".join(f"{one}\n" for one in some))
BASE = "One.\n\nTwo.\n\nThree.\n\nFour.\n"


@given(lines, lines)
def test_what_one_side_left_alone_is_as_the_other_has_it(base, other):
    assert weave(base, other, base) == other
    assert weave(base, base, other) == other
    assert weave(base, other, other) == other


@given(lines, lines, lines)
def test_it_does_not_matter_who_changed_it_first(base, ours, theirs):
    assert weave(base, ours, theirs) == weave(base, theirs, ours)


def test_changes_in_different_places_stand_together():
    assert weave(BASE, BASE.replace("One", "Eins"), BASE.replace("Four", "Vier")) == (
        "Eins.\n\nTwo.\n\nThree.\n\nVier.\n"
    )


def test_changes_of_one_line_or_of_neighbours_are_for_people():
    assert weave(BASE, BASE.replace("Two", "Zwei"), BASE.replace("Two", "Deux")) is None
    assert weave("a\nb\n", "A\nb\n", "a\nB\n") is None
    assert weave(BASE, BASE + "Five.\n", BASE + "Fünf.\n") is None
    assert weave("x\n" * 2000, "y\n" + "x\n" * 1999, "x\n" * 1999 + "z\n") is None  # too long to be sure in time


def test_a_title_that_both_changed_is_for_people_and_tags_never_are():
    base = Words("Text", "Reeds", ("oboe", "reed"))
    assert fit(base, Words("Text", "Reed", None), Words("Text", "Cane", ())) is None
    assert fit(base, Words("Text", "Cane", None), Words("Text", "Cane", ())) == Words("Text", "Cane", None)
    assert fit(base, Words("Text", "Reeds", ("reed", "cane")), Words("Text", "Reeds", ("oboe", "reed", "wood"))) == (
        Words("Text", None, ("reed", "wood", "cane"))
    )


def test_whether_anything_is_different():
    said = Words("Text", "Title", ("a", "b"))
    assert says_the_same(said, Words("Text", None, ("b", "a")))
    assert not says_the_same(said, Words("Text", "Other", None))
    assert not says_the_same(said, Words("Text", None, ("a",)))
    assert said.fingerprint != Words("Text", "Other").fingerprint
