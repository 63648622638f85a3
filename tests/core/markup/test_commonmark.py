"""How far our Markdown is CommonMark: the specification's own cases, compared by what a reader would see."""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from forum.core.markup import dialect
from forum.core.markup.rendering import rendered_here
from forum.core.markup.source import tidy
from forum.core.markup.values import Job
from tests.core.markup.inspection import objections
from tests.corpora import shared

FLOORS = {
    "Block quotes": 25, "Lists": 24, "List items": 48, "Fenced code blocks": 29, "Indented code blocks": 12,
    "Code spans": 20, "Emphasis and strong emphasis": 118, "Links": 72, "ATX headings": 18, "Setext headings": 27,
    "Paragraphs": 8, "Thematic breaks": 19, "Images": 16, "Link reference definitions": 23, "Backslash escapes": 11,
}  # fmt: skip
"""Cases of a section that look the same. Those that do not: raw HTML (we show it as text), emphasis beside punctuation
and `***` (Python-Markdown's own reading), links whose words hold links."""


def cases() -> list[dict[str, str]]:
    path = shared("data", "corpora", "commonmark", "commonmark-0.31.2.json")
    return list(json.loads(path.read_text("utf-8")))


class _Seen(HTMLParser):
    """Tags, addresses and words; a line break is a space, a heading a heading, a colour nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._words = ""

    def handle_starttag(self, tag, attrs):
        if tag in {"br", "span"}:
            self._words += " " if tag == "br" else ""
            return
        self._flush()
        seen = sorted((k, unquote(v or "")) for k, v in attrs if k in {"href", "src", "start", "alt"})
        self.parts.append(f"<{re.sub('^h[1-6]$', 'h', tag)} {seen}>")

    def handle_endtag(self, tag):
        if tag not in {"br", "span", "hr", "img"}:
            self._flush()
            self.parts.append(f"</{re.sub('^h[1-6]$', 'h', tag)}>")

    def handle_data(self, data):
        self._words += data

    def _flush(self):
        if self._words.strip():
            self.parts.append(" ".join(self._words.split()))
        self._words = ""

    def of(self, html: str) -> list[str]:
        self.feed(html)
        self.close()
        self._flush()
        return self.parts


def test_every_case_renders_without_an_error_and_safely():
    for case in cases():
        assert objections(rendered_here(Job(None, case["markdown"])).html) == []


@pytest.mark.parametrize("section", list(FLOORS))
def test_someone_who_knows_commonmark_finds_it_here(section):
    alike: Counter[str] = Counter()
    for case in cases():
        shown = dialect.to_html(tidy(case["markdown"]), "0" * 8, names=frozenset(), tags=frozenset())
        alike[case["section"]] += _Seen().of(shown) == _Seen().of(case["html"])
    assert alike[section] >= FLOORS[section]
