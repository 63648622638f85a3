"""What changed when a scorecard was reckoned anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from forum.scorecard import lines
from forum.scorecard.differences import Compared, differences

NAMES = some.sampled_from(["share_of_voice", "pins", "overrides"])
LINES = some.dictionaries(
    NAMES,
    some.builds(lambda k, more: lines.share("x", k, k + more, 3).plain(), some.integers(0, 9), some.integers(0, 9)),
)
PARTS = some.dictionaries(some.integers(0, 3), LINES).map(
    lambda found: [Compared(id_, f"board{id_}", f"Board {id_}", {"lines": said}) for id_, said in found.items()]
)


@given(PARTS)
def test_nothing_differs_from_itself(parts):
    assert differences(parts, parts) == []


@given(PARTS, PARTS)
def test_with_what_changed_the_earlier_version_becomes_the_later_one(before, after):
    found = {(part.slug, name): line for part in before for name, line in part.data["lines"].items()}
    for one in differences(before, after):
        assert found.get((one.slug, one.measure)) == one.before
        assert one.before != one.after
        if one.after is None:
            del found[one.slug, one.measure]
        else:
            found[one.slug, one.measure] = one.after
    assert found == {(part.slug, name): line for part in after for name, line in part.data["lines"].items()}
