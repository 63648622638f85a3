"""A diff that can be read, that tells the truth, and that always ends soon."""

from __future__ import annotations

import itertools
import time

from hypothesis import given
from hypothesis import strategies as st

from forum.posts.diff import ADDED, KEPT, REMOVED, diff

words = st.text(alphabet="ab c\n.é東", max_size=200)


def joined(pieces, *changes):
    return "".join(piece.text for piece in pieces if piece.change in changes)


@given(words, words)
def test_kept_and_added_are_the_new_text_kept_and_removed_the_old(old, new):
    pieces = diff(old, new)
    assert joined(pieces, KEPT, ADDED) == new
    assert joined(pieces, KEPT, REMOVED) == old


@given(words)
def test_the_same_text_has_no_changes(text):
    assert {piece.change for piece in diff(text, text)} <= {KEPT}


@given(words, words)
def test_neighbours_differ_so_that_a_reader_meets_whole_stretches(old, new):
    pieces = diff(old, new)
    assert all(left.change != right.change for left, right in itertools.pairwise(pieces))
    assert all(piece.text for piece in pieces)


def test_a_changed_word_stands_alone():
    pieces = diff("Turn the peg\nslowly to the left.\n", "Turn the peg\nslowly to the right.\n")
    assert [(piece.change, piece.text) for piece in pieces] == [
        (KEPT, "Turn the peg\nslowly to the "),
        (REMOVED, "left"),
        (ADDED, "right"),
        (KEPT, ".\n"),
    ]


def test_the_longest_posts_are_compared_soon():
    texts = ["a\n" * 16_000, "b\n" * 16_000, "ab " * 10_000, "ba " * 10_000, "x" * 32_000, "xy" * 16_000]
    started = time.monotonic()
    for old in texts:
        for new in texts:
            diff(old, new)
    assert time.monotonic() - started < 60
