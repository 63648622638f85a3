"""What groups may be given on a board."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.boards import presets
from forum.core.errors import Invalid
from forum.permissions import Group, Right

NAMES = {int(group): group.name.title() for group in Group} | {9: "Tuners"}
RIGHTS = st.dictionaries(st.sampled_from(sorted(NAMES)), st.frozensets(st.sampled_from(list(Right))))


def test_every_preset_makes_sense():
    assert len(presets.presets()) == len(presets.KEYS)
    for preset in presets.presets():
        assert presets.checked(preset.rights, NAMES) == preset.rights


def test_an_unknown_preset_is_refused():
    with pytest.raises(Invalid):
        presets.preset_rights("nobody")


@pytest.mark.parametrize(
    ("rights", "sentence"),
    (
        ({}, "Nobody would see"),
        ({9: {Right.REPLY}, Group.STAFF: {Right.SEE}}, "“Tuners” may act here but not see"),
        ({Group.EVERYONE: {Right.SEE, Right.REPLY}}, "“Everyone” cannot"),
        ({Group.MEMBERS: {Right.SEE, Right.MODERATE}}, "“Members” cannot"),
        ({77: {Right.SEE}}, "gone meanwhile"),
    ),
)
def test_rights_that_make_no_sense_are_refused_in_words(rights, sentence):
    with pytest.raises(Invalid, match=sentence):
        presets.checked({int(group): frozenset(found) for group, found in rights.items()}, NAMES)


def test_who_sees_with_everybody_needs_no_sight_of_their_own():
    rights = {int(Group.EVERYONE): frozenset({Right.SEE}), 9: frozenset({Right.MODERATE}), 3: frozenset()}
    assert set(presets.checked(rights, NAMES)) == {1, 9}


@given(RIGHTS)
def test_what_is_taken_lets_everybody_who_acts_see(rights):
    try:
        taken = presets.checked(rights, NAMES)
    except Invalid as refused:
        assert refused.sentence  # noqa: PT017
        return
    everybody = taken.get(1, frozenset())
    members = taken.get(2, frozenset())
    assert all(Right.SEE in found | everybody | members for group, found in taken.items())
