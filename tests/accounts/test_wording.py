"""Lines and links of a profile."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.accounts import wording
from forum.core.errors import Invalid


def test_a_line_is_one_line_without_tricks():
    assert wording.line("  Ada\n\tLovelace\u202e ", 60, "display_name") == "Ada Lovelace"
    assert wording.line("👩‍💻 Ada", 60, "display_name") == "👩‍💻 Ada"


def test_a_line_that_is_too_long_is_refused_with_both_numbers():
    with pytest.raises(Invalid, match="At most 40 characters; these are 41"):
        wording.line("x" * 41, 40, "pronouns")


@given(st.text(max_size=80))
def test_a_line_stays_what_it_is_when_saved_again(text):
    once = wording.line(text, 400, "headline")
    assert wording.line(once, 400, "headline") == once
    assert not any(unicodedata.category(c) == "Cc" for c in once)
    assert not set("\u202e\u2066\u200f\u2028") & set(once)


@pytest.mark.parametrize(
    ("typed", "url"),
    (
        ("example.org", "https://example.org"),
        ("http://example.org/a?b=c#d", "http://example.org/a?b=c#d"),
        ("www.example.org:8080/x", "https://www.example.org:8080/x"),
        (" https://example.org/a b ", "https://example.org/a%20b"),
    ),
)
def test_a_link_leads_to_the_web(typed, url):
    assert wording.link("Me", typed).url == url


def test_a_link_without_a_label_is_called_after_its_host():
    assert wording.link("", "https://www.example.org/x").label == "example.org"


@pytest.mark.parametrize(
    "url",
    ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "mailto:a@example.org", "https://", "https://localhost",
     "https://user@example.org", "https://a:b@example.org", 'https://example.org/"onclick', "https://example.org\\@evil.org",
     "http://[::1", "https://example.org:notaport", "vbscript:x", "x" * 400 + ".org", ""),
)  # fmt: skip
def test_what_leads_elsewhere_is_refused(url):
    with pytest.raises(Invalid):
        wording.link("Me", url)


@given(st.text(max_size=60), st.text(max_size=120))
def test_whatever_is_typed_a_kept_link_is_http(label, url):
    try:
        kept = wording.link(label, url)
    except Invalid:
        return
    assert urlsplit(kept.url).scheme.lower() in ("http", "https")
    assert not set("<>\"'`\\ \n\r\t") & set(kept.url)
    assert kept.label


def test_five_links_and_no_more():
    assert len(wording.links([("", "example.org")] * 5 + [("", " ")])) == 5
    with pytest.raises(Invalid):
        wording.links([("", "example.org")] * 6)
