"""Whom a text calls: the people it mentions, the posts it quotes and the ones it links to. Pure, from rendered HTML.

What stands inside a quotation was said by somebody else and calls nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

_POST = re.compile(r"/p/(\d{1,9})(?:[?#].*)?")
_PERSON = re.compile(r"/u/([^/?#]{1,60})")
MOST = 100


@dataclass(frozen=True, slots=True)
class Calls:
    """Names mentioned (of people or groups), ids of posts quoted and linked to; at most a hundred of each."""

    names: frozenset[str] = frozenset()
    quoted: frozenset[int] = frozenset()
    linked: frozenset[int] = frozenset()


@dataclass
class _Reader(HTMLParser):
    names: dict[str, None] = field(default_factory=dict)
    quoted: dict[int, None] = field(default_factory=dict)
    linked: dict[int, None] = field(default_factory=dict)
    depth: int = 0  # of quotations around what is read
    naming: bool = False  # in the line that says who is quoted

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if tag == "blockquote":
            self.depth += 1
        elif tag == "p":
            self.naming = "quote-by" in classes
        elif tag == "a":
            self._link(given.get("href") or "", classes)

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self.depth -= 1
        elif tag == "p":
            self.naming = False

    def _link(self, href: str, classes: list[str]) -> None:
        if found := _POST.fullmatch(href):
            if self.naming and self.depth == 1:
                self.quoted[int(found[1])] = None
            elif not self.depth:
                self.linked[int(found[1])] = None
        elif not self.depth and "mention" in classes and (found := _PERSON.fullmatch(href)):
            self.names[unquote(found[1])] = None


def calls(html: str) -> Calls:
    """Whom the text calls."""
    if "<a " not in html:
        return Calls()
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Calls(
        frozenset(list(reader.names)[:MOST]),
        frozenset(list(reader.quoted)[:MOST]),
        frozenset(list(reader.linked)[:MOST]),
    )
