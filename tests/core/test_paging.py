"""Pages and their numbers."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from forum.core.paging import Page, pages_for


@given(st.integers(0, 10_000), st.integers(1, 100))
def test_there_are_enough_pages_and_none_too_many(count, size):
    pages = pages_for(count, size)
    assert pages * size >= count
    assert pages == 1 or (pages - 1) * size < count


@given(st.integers(1, 500), st.data())
def test_page_numbers_rise_hold_the_ends_and_leave_gaps_only_where_two_are_missing(pages, data):
    number = data.draw(st.integers(1, pages))
    shown = Page([], number, pages).numbers()
    plain = [n for n in shown if n is not None]
    assert plain == sorted(set(plain))
    assert {1, number, pages} <= set(plain)
    for left, gap, right in zip(shown, shown[1:], shown[2:], strict=False):
        if gap is None:
            assert right - left > 2
    for left, right in itertools.pairwise(shown):
        if left is not None and right is not None:
            assert right == left + 1
