"""What an administrator hands to the verbs: the text already rendered, before any transaction was opened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from forum.core.lines import many_lines
from forum.core.markup import render
from forum.pages.models import HousePage, PageVersion

LONGEST_TEXT = 60_000


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A page as somebody wants it."""

    title: str
    source: str
    html: str
    summary: str = ""
    ask_again: bool = False
    in_footer: bool = True


def text(source: str) -> tuple[str, str]:
    """The text cleaned, and its HTML. Too long a one is left unrendered: the verb refuses it in words."""
    clean = many_lines(source)
    return clean, render(clean).html if clean and len(clean) <= LONGEST_TEXT else ""


def fingerprint(page: HousePage | None, version: PageVersion | None) -> str:
    """Tells whether something changed between showing a form and sending it. `version`: the latest, draft or not."""
    if page is None or version is None:
        return ""
    parts = (page.in_footer, page.published_number, version.number, version.title, version.source, version.summary)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
