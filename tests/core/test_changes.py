"""How much an edit changed, found soon."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from forum.core.changes import changed_characters

words = st.text(alphabet="ab c\n.é東", max_size=200)


@given(words)
def test_the_same_text_has_no_changes(text):
    assert changed_characters(text, text, 100) == 0


@given(words, words, words)
def test_adding_words_changes_as_many_characters_as_were_added(before, added, after):
    assert changed_characters(before + after, before + added + after, 10_000) <= len(added)


def test_the_longest_posts_are_compared_soon():
    texts = ["a\n" * 16_000, "b\n" * 16_000, "ab " * 10_000, "ba " * 10_000, "x" * 32_000, "xy" * 16_000]
    started = time.monotonic()
    for old in texts:
        for new in texts:
            changed_characters(old, new, 100)
    assert time.monotonic() - started < 60
