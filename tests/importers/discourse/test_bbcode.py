"""Discourse's quotes become ours; what our Markdown would show as it stands is recognised."""

from __future__ import annotations

import time

import pytest

from forum.importers.discourse.bbcode import is_foreign, with_our_quotes


def test_a_quote_says_who_is_quoted_and_leads_there() -> None:
    source = 'Before\n[quote="old.name, post:3, topic:12"]\nWords\n\n- one\n[/quote]\nAfter'
    assert with_our_quotes(source, {"old.name": "old-name"}) == (
        "Before\n\n> [@old-name](/t/-/12/3):\n>\n> Words\n>\n> - one\n\nAfter"
    )


def test_quotes_stand_in_quotes() -> None:
    source = '[quote="a1, post:1, topic:2, full:true"]\n[quote="Bo B, username:bo"]\nx\n[/quote]\ny\n[/quote]\nz'
    assert with_our_quotes(source, {}) == "> [@a1](/t/-/2/1):\n>\n> > bo:\n> >\n> > x\n>\n> y\n\nz"


def test_somebody_who_has_no_account_is_named_without_a_link() -> None:
    assert with_our_quotes("[quote=J. *Doe*]\nx\n[/quote]", {}) == "> J. \\*Doe\\*:\n>\n> x"
    assert with_our_quotes("[quote]\n!!!\n[/quote]", {}) == "> !!!"


def test_code_in_a_quote_stays_code_and_a_mark_in_code_stays_words() -> None:
    source = "[quote]\n```\n[quote]\n\na\n```\n[/quote]"
    assert with_our_quotes(source, {}) == "> ```\n> [quote]\n>\n> a\n> ```"


def test_a_spoiler_is_ours_then() -> None:
    assert with_our_quotes("a\n[spoiler]\nb\n[/spoiler]", {}) == "a\n\n>! b"


@pytest.mark.parametrize("source", ["[quote]\nx", "x\n[/quote]", "[quote]\n[spoiler]\n[/quote]\n[/spoiler]"])
def test_marks_that_do_not_stand_clean_are_not_touched(source: str) -> None:
    assert with_our_quotes(source, {}) is None


@pytest.mark.parametrize(
    "source",
    [
        "[b]x[/b]",
        "[URL=http://a.example]x[/URL]",
        "![x](upload://abc.png)",
        "[poll type=regular]",
        "a <img src=x> b",
        "x<br>y",
        "[date=2020-01-01]",
        "[details=More]\nx\n[/details]",
        "[*] x",
        "<!-- x -->",
        "[quote=ada]",
        "</div>",
    ],
)
def test_foreign_markup_is_recognised(source: str) -> None:
    assert is_foreign(source)


@pytest.mark.parametrize(
    "source",
    [
        "plain",
        "`[b]x[/b]`",
        "```\n<br>\n```",
        "a[i] = b[i]",
        "SharedPtr<Node> x",
        "[x](http://a.example)",
        "- [ ] a\n- [x] b",
        "a < b and c > d",
        "<https://a.example>",
        "x[^1]\n\n[^1]: y",
        "[b] alone",
    ],
)
def test_markdown_is_no_foreign_markup(source: str) -> None:
    assert not is_foreign(source)


@pytest.mark.parametrize("piece", ["[b]", "[/b]", "<a ", "[quote", "[quote=a]\n", "[a][/a]", "`", "<!--", "[url="])
def test_long_hostile_texts_cost_little(piece: str) -> None:
    source = piece * (62_000 // len(piece))
    started = time.perf_counter()
    is_foreign(source)
    with_our_quotes(source, {})
    assert time.perf_counter() - started < 1
