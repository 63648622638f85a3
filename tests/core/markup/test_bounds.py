"""No text takes more than two seconds or ends in an error, whatever it holds."""

from __future__ import annotations

import gzip
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core.markup import Job, Rendered, SourceKind, render, warm
from forum.core.markup.plain import plainly
from tests.core.markup.inspection import objections
from tests.corpora import shared
from tests.machines.proof import PROVE

LONGEST = 32_000
LONGEST_IMPORTED = 100_000

HANGS = {
    "open brackets": "[" * 4_000,
    "open links": "[a](" * 8_000,
    "open links with an angle": "[a](<b" * 5_000,
    "underlined letters": "a\n=\n" * 8_000,
    "lists in lists": "".join("  " * depth + "- a\n" for depth in range(300)),
    "lists in lists by four": "".join("    " * depth + "* a\n" for depth in range(300)),
    "brackets in brackets": "[" * 15_000 + "]" * 15_000,
    "quotes in quotes": ">" * LONGEST,
    "backticks": "`a``b```c" * 3_500,
    "stars": "*a **b " * 4_500,
    "underscores": "_a_b" * 8_000,
    "a wide table": "|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n" + "a\n" * 4_000,
    "many definitions": "[a]: b\n" * 4_500,
    "many footnotes": "".join(f"[^{n}]: a\n\n[^{n}]\n\n" for n in range(1_500)),
    "addresses": "http://a " * 3_500,
    "closing parentheses": "http://a" + ")" * LONGEST,
    "spoilers": "||a " * 8_000,
    "ampersands": "&" * LONGEST,
    "spaces": " " * LONGEST,
    "a comment in C": "```c\n" + "/*" * 15_000 + "\n```",
}  # fmt: skip
HTML_HANGS = {
    "nested tags": "<b>" * 30_000,
    "many attributes": "<a " + " ".join(f"a{n}=1" for n in range(16_000)) + ">",
    "nested lists": "<ul><li>" * 12_000,
    "formatting": "<b><i><u>" * 11_000,
    "tables": "<table>" * 14_000,
    "scripts": "<script>" * 12_000,
    "comments": "<!--" * 25_000,
    "images": "<img src=http://a/b>" * 5_000,
}
TENTH = "all" if PROVE else "a tenth of"


@pytest.fixture(autouse=True, scope="module")
def _a_warm_helper():
    warm()
    render("warm")


def within_two_seconds(source: str, kind: SourceKind = SourceKind.MARKDOWN) -> Rendered:
    began = time.monotonic()
    rendered = render(source, kind)
    assert time.monotonic() - began < 2.0
    return rendered


@pytest.mark.parametrize("name", HANGS)
def test_a_member_pastes_what_once_hung_the_renderer(name):
    rendered = within_two_seconds(HANGS[name][:LONGEST])
    assert objections(rendered.html) == [] or rendered.bounded


@pytest.mark.parametrize("name", HTML_HANGS)
def test_an_import_meets_what_once_hung_the_sanitiser(name):
    within_two_seconds(HTML_HANGS[name][:LONGEST_IMPORTED], SourceKind.HTML)


def pathological() -> list[tuple[str, str]]:
    path = shared("data", "corpora", "commonmark", "pathological.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [(case["name"], case["input"]) for case in map(json.loads, lines)]


@pytest.mark.parametrize("part", [TENTH])
def test_the_specifications_pathological_texts_end_in_time(part):
    """Cut to 32,000 characters: a tenth of the cases, all of them with PROVE=1 (and then as imported too)."""
    texts = pathological()
    for _, text in texts if part == "all" else texts[::10]:
        within_two_seconds(text[:LONGEST])
        if part == "all":
            within_two_seconds(text[:LONGEST_IMPORTED])
            within_two_seconds(text[:LONGEST_IMPORTED], SourceKind.HTML)


def test_naughty_strings_are_only_strings():
    for text in json.loads(shared("data", "corpora", "naughty-strings", "blns.json").read_text("utf-8")):
        for kind in SourceKind:
            rendered = render(text, kind)
            assert objections(rendered.html) == []
            assert not rendered.bounded


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=())), st.sampled_from(SourceKind))
def test_no_string_at_all_makes_it_raise(source, kind):
    assert objections(render(source, kind).html) == []


def test_a_text_that_was_stopped_is_still_readable():
    rendered = plainly(Job(None, "<b>one</b>\ntwo\n\n\nthree & *four*"))
    assert rendered.html == "<p>&lt;b&gt;one&lt;/b&gt;<br>\ntwo</p>\n<p>three &amp; *four*</p>"
    assert rendered.bounded
    assert rendered.words == 6


def test_imported_html_that_was_stopped_shows_its_words():
    assert plainly(Job(None, "<p>one <b>two</b> &lt;", SourceKind.HTML)).plain == "one two <"


def test_a_text_past_every_limit_is_shown_plainly_without_a_try():
    assert within_two_seconds("a " * 200_000).bounded
