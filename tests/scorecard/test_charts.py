"""Where the marks of a chart stand: never outside, never on each other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as some

from forum.core.languages import TRANSLATIONS
from forum.scorecard import charts, pictures, sections

FIRST = date(2026, 6, 1)
VALUES = some.none() | some.floats(0, 1.5)
SERIES = some.integers(2, 26).flatmap(
    lambda count: some.lists(
        some.lists(some.tuples(VALUES, VALUES, some.integers(1, 2)), min_size=count, max_size=count),
        min_size=1,
        max_size=3,
    )
)


@given(some.integers(0, 100), some.none() | some.integers(0, 100))
def test_of_a_hundred_dots_so_many_are_marked_and_the_line_parts_them_at_the_limit(marked, limit):
    found = charts.dots(marked, limit)
    assert len(found.marked) == marked
    assert len({*found.marked, *found.others}) == 100
    assert all(0 < x < charts.WIDTH and 0 < y < found.height for x, y in (*found.marked, *found.others))
    assert all(0 <= x <= charts.WIDTH and 0 <= y <= found.height for x, y in found.line)
    if limit is not None:
        left = [(x, y) for x, y in (*found.marked, *found.others) if _is_left(found.line, x, y)]
        assert len(left) == limit


def _is_left(line, x, y):
    """Whether a dot stands left of the line that steps down."""
    upright = [(a[0], a[1], b[1]) for a, b in pairwise(line) if a[0] == b[0]]
    return any(at > x and top <= y <= foot for at, top, foot in upright)


@given(some.lists(some.tuples(VALUES, VALUES), max_size=6), some.floats(0.01, 2))
def test_bars_stay_in_their_rows_and_within_the_width(values, top):
    found = charts.bars(values, top)
    assert len(found) == len(values)
    for bar, (value, limit) in zip(found, values, strict=True):
        assert 0 <= bar.width <= charts.WIDTH
        assert bar.y + charts.BAR < charts.bars_height(len(values))
        assert (bar.width == 0) or value
        assert (bar.limit_at is None) == (limit is None)
        assert bar.limit_at is None or 0 <= bar.limit_at <= charts.WIDTH
    assert all(below.y - above.y == charts.BAR_ROW for above, below in pairwise(found))
    for (one, bar), (other, another) in pairwise(zip([value for value, _limit in values], found, strict=True)):
        if one is not None and other is not None and one <= other:
            assert bar.width <= another.width


@given(SERIES, some.sampled_from([0.4, 1.0]))
def test_the_weeks_go_from_left_to_right_and_a_line_breaks_where_nothing_can_be_compared(series, top):
    given_ = [
        [charts.Given(FIRST + timedelta(days=7 * number), *one) for number, one in enumerate(line)] for line in series
    ]
    found = charts.trend(given_, top)
    for course, line in zip(found.courses, given_, strict=True):
        points = [point for piece in course.pieces for point in piece]
        assert [point.week for point in points] == [one.week for one in line if one.value is not None]
        assert all(charts.LEFT <= point.x <= charts.RIGHT for point in points)
        assert all(charts.ROOF <= point.y <= charts.FLOOR for point in points)
        versions = {one.week: one.version for one in line}
        for piece in course.pieces:
            assert len({versions[point.week] for point in piece}) == 1
            assert all(later.week - earlier.week == timedelta(days=7) for earlier, later in pairwise(piece))
            assert all(later.x > earlier.x for earlier, later in pairwise(piece))
    labels = sorted(course.label_y for course in found.courses if course.label_y is not None)
    assert all(below - above >= charts.APART - 0.2 for above, below in pairwise(labels))
    assert all(0 <= label <= charts.TREND_HEIGHT for label in labels)


def test_one_week_is_no_trend():
    assert charts.trend([[charts.Given(FIRST, 0.3)]], 1.0) is None
    assert charts.trend([], 1.0) is None


@given(some.lists(some.floats(0, 3), max_size=5))
def test_a_scale_ends_where_all_values_fit_or_at_its_last_step(values):
    top = charts.nice_top(values, (0.2, 0.5, 1.0))
    assert top in (0.2, 0.5, 1.0)
    assert top == 1.0 or all(value <= top for value in values)


@pytest.mark.parametrize("language", [path.parent.parent.name for path in TRANSLATIONS.glob("*/LC_MESSAGES/*.po")])
def test_what_stands_above_a_bar_fits_beside_its_value_in_every_language(language):
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    names = {name for part in pictures._BARS.values() for name in part} | set(pictures.PROMISED)
    for name in names:
        english = sections.title(name)
        said = catalogue.get(english).string or english
        assert max(len(english), len(said)) <= 50, said
