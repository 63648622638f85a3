"""The marks of an older forum become Markdown where they mean the same."""

from __future__ import annotations

import time

import pytest

from forum.importers.discourse.phpbb import to_markdown


@pytest.mark.parametrize(
    ("bbcode", "markdown"),
    [
        ("[b] x [/b]y", " **x** y"),
        ("[i][b]x[/b][/i]", "***x***"),
        ("[url]http://a.example/b[/url]", "http://a.example/b"),
        ("[url=a.example/(b)]x[/url]", "[x](http://a.example/%28b%29)"),
        ("[img]//a.example/b_c.png[/img]", "![b c.png](https://a.example/b_c.png)"),
        (
            "[url=http://a.example][img]http://b.example/c.png[/img][/url]",
            "[![c.png](http://b.example/c.png)](http://a.example)",
        ),
        ("[video]https://v.example/1[/video]", "https://v.example/1"),
        ("say [code]a[i][/code] so", "say `a[i]` so"),
        ("x\n[code]\na\n\n  b `c`\n[/code]\ny", "x\n\n\n```\na\n\n  b `c`\n```\n\n\ny"),
        ("[ul][li]a[/li]\n[li]b[/li][/ul]", "\n\n- a\n- b\n\n"),
        ("[list=1][*]a\n[*]b[/list]", "\n\n1. a\n1. b\n\n"),
        ("`[b]x[/b]` [b]y[/b]", "`[b]x[/b]` **y**"),
    ],
)
def test_a_mark_means_the_same_in_markdown(bbcode: str, markdown: str) -> None:
    assert to_markdown(bbcode) == markdown


@pytest.mark.parametrize(
    "source", ["[b]x", "[/quote]", "[code]x", "```\nx\n```\n[code]y[/code]", "\ue0001\ue001 [b]x[/b]"]
)
def test_a_mark_without_its_partner_is_left_to_the_rendered_text(source: str) -> None:
    assert to_markdown(source) is None


@pytest.mark.parametrize(
    "piece", ["[b]", "[b][/b]", "[url=", "[img]", "[code]", "[li]", "\n", " [ul] ", "[url]x[/url]"]
)
def test_long_hostile_texts_cost_little(piece: str) -> None:
    source = piece * (62_000 // len(piece))
    started = time.perf_counter()
    to_markdown(source)
    to_markdown("[b]" * 10_000 + "[/b]" * 10_000)
    assert time.perf_counter() - started < 2
