"""Watched words: whole words in any dress, never in code, changed without touching anything else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.errors import Invalid
from forum.holds.words import BLACK, CHANGING, Action, Matcher, Watched, changed, checked_pattern

PILLS = Watched("cheap pills", Action.HOLD)


def found(text, *watched, board_id=None):
    return [text[hit.start : hit.end] for hit in Matcher(watched).hits(text, board_id)]


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("Buy CHEAP PILLS now", "cheap pills", ["CHEAP PILLS"]),
        ("cheap, pills", "Cheap Pills", ["cheap, pills"]),
        ("cheap\npills", "cheap pills", ["cheap\npills"]),
        ("It was cheap. Pills help.", "cheap pills", []),
        ("cheap\n\npills", "cheap pills", []),
        ("cheaper pills", "cheap pills", []),
        ("Die STRASSE und Straße", "straße", ["STRASSE", "Straße"]),
        ("Crème brûlée", "creme brulee", ["Crème brûlée"]),
        ("cre\u0300me", "crème", ["cre\u0300me"]),
        ("V\u200bi\u00adagra", "viagra", ["V\u200bi\u00adagra"]),
        ("classic", "ass", []),
        ("Backlinks, backlinking", "backlink*", ["Backlinks", "backlinking"]),
        ("a grandfather", "*father", ["grandfather"]),
        ("see evil.example today", "evil.example", ["evil.example"]),
        ("evil example", "evil.example", []),
        ("`cheap pills` and ``cheap pills``", "cheap pills", []),
        ("```\ncheap pills\n```\n", "cheap pills", []),
        ("~~~\ncheap pills", "cheap pills", []),
        ("Text\n\n    cheap pills\n", "cheap pills", []),
        ("[look](https://a.example/cheap-pills)", "cheap pills", []),
        ("https://cheap-pills.example", "cheap pills", []),
        ("[cheap pills](https://a.example)", "cheap pills", ["cheap pills"]),
    ],
)
def test_a_word_is_found_where_a_reader_would_see_it(text, pattern, expected):
    assert found(text, Watched(pattern, Action.HOLD)) == expected


def test_a_word_in_an_address_is_found_where_that_is_asked_for():
    assert found("https://evil.example/x", Watched("evil.example", Action.HOLD, in_links=True)) == ["evil.example"]


def test_a_word_of_one_board_is_not_watched_for_on_another():
    word = Watched("politics", Action.HOLD, board_id=3)
    assert found("Politics!", word, board_id=3) == ["Politics"]
    assert found("Politics!", word, board_id=4) == []
    assert found("Politics!", word) == []


@pytest.mark.parametrize("pattern", ["", "  ", "!!!", "*", "a*", "* *", "*a*b*", "x" * 81])
def test_nobody_can_watch_for_everything_or_nothing(pattern):
    with pytest.raises(Invalid):
        checked_pattern(pattern)


def test_what_is_censored_and_replaced():
    text = "A darn café, and `darn` code"
    watched = Watched("darn", Action.CENSOR), Watched("cafe", Action.REPLACE, instead="tea house")
    assert changed(text, Matcher(watched).hits(text)) == f"A {BLACK * 4} tea house, and `darn` code"


WORDS = st.text("abé ß.*`\n[]()ñÅ", min_size=0, max_size=60)
PATTERNS = st.text("abeßñ", min_size=1, max_size=4)


@given(WORDS, st.lists(st.tuples(PATTERNS, st.sampled_from(list(Action))), max_size=6))
def test_censoring_keeps_length_and_touches_nothing_outside_the_words(text, patterns):
    watched = [Watched(pattern, action) for pattern, action in patterns if action is not Action.REPLACE]
    hits = Matcher(watched).hits(text)
    after = changed(text, hits)
    assert len(after) == len(text)
    inside = {place for hit in hits if hit.watched.action in CHANGING for place in range(hit.start, hit.end)}
    for place, (before, now) in enumerate(zip(text, after, strict=True)):
        assert before == now or (place in inside and now == BLACK)


@given(WORDS, st.lists(PATTERNS, max_size=6))
def test_the_same_text_is_always_read_the_same_way(text, patterns):
    watched = [Watched(pattern, Action.HOLD) for pattern in patterns]
    hits = Matcher(watched).hits(text)
    assert hits == Matcher(watched).hits(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert changed(text, hits) == text


@pytest.mark.parametrize(
    "text",
    [
        "Lorem ipsum dolor word3 thing sit amét " * 820,
        "`" * 32_000,
        "a* `x " * 5_300,
        "```\n" * 8_000,
        "](" * 16_000,
        "x" * 32_000,
        "ab" * 16_000,
        "<https:" * 4_500,
        " \t\n" * 10_600,
        " `".join("`" * (number % 80) for number in range(800)),
    ],
    ids=lambda text: repr(text[:8]),
)
def test_a_thousand_words_are_looked_for_in_no_time(text):
    watched = [Watched(f"word{number} thing", Action.HOLD) for number in range(800)]
    matcher = Matcher([*watched, *(Watched(f"*a{number}b*", Action.HOLD) for number in range(200))])
    began = time.process_time()
    matcher.hits(text[:32_000])
    assert time.process_time() - began < 1
