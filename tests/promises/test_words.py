"""Every string that a person sees goes through the translator, from the first template on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from jinja2 import Environment
from jinja2.lexer import TOKEN_DATA

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"})
# Said by attributes that people see or hear.
SPOKEN = re.compile(r'\b(?:alt|title|placeholder|aria-label|aria-description)="([^"]*)"')
# Names of things, which are the same in every language.
NAMES = {"Trellis", "Markdown", "RSS", "JSON", "CSV", "PostgreSQL", "SQLite", "HTML"}


def visible(html: str) -> list[str]:
    """Words between tags and in spoken attributes of what stands outside Jinja's braces."""
    html = re.sub(r"<!--.*?-->", " ", html, flags=re.DOTALL)
    said = SPOKEN.findall(html) + re.split(r"<[^<>]*>", html)
    return [word for text in said for word in re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", text))]


def outside_braces(source: str) -> str:
    """The template's own text, each Jinja construct replaced by a sign; translated blocks left out."""
    source = re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", "·", source, flags=re.DOTALL)
    source = re.sub(r"\{% block page_class %\}.*?\{% endblock %\}", "", source)
    kept, inside = [], False
    for _line, kind, value in Environment(autoescape=True).lex(source):
        if kind == TOKEN_DATA:
            kept.append(value)
            inside = False
        elif not inside:
            kept.append("·")
            inside = True
    return "".join(kept)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_says_nothing_that_cannot_be_translated(path):
    text = outside_braces(path.read_text(encoding="utf-8"))
    if path.suffix == ".txt":
        words = re.findall(r"[^\W\d_]{2,}", text)
    else:
        words = visible(text)
    assert [word for word in words if word not in NAMES] == []


def test_the_words_can_be_taken_out_for_translators():
    found = list(
        extract_from_dir(
            str(ROOT),
            method_map=[("forum/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")],
            keywords={"_": None, "gettext": None, "ngettext": (1, 2), "_l": None, "lazy_gettext": None},
        )
    )
    messages = {message for _file, _line, message, _comments, _context in found}
    assert len(messages) > 200
    for message in messages:
        for part in message if isinstance(message, tuple) else (message,):
            assert not re.search(r"%[sd]", part), f"a variable without a name cannot change its place: {part!r}"
