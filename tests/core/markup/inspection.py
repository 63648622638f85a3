"""Looks at rendered HTML the way a browser would, and says what should not be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from bleach.html5lib_shim import BleachHTMLParser

# Written down here on purpose a second time: a slip in forum/core/markup/allowed.py must not allow itself.
TAGS = frozenset(
    "a abbr b blockquote br code dd del details div dl dt em h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp "
    "small span strong sub summary sup table tbody td tfoot th thead tr u ul var".split()
)
ATTRIBUTES = frozenset("alt class colspan height href id rel rowspan src start tabindex title width".split())


def objections(html: str) -> list[str]:
    """What in this HTML is not allowed in a post; empty when all is well."""
    return [*_tree_objections(html), *_form_objections(html)]


def _tree_objections(html: str) -> Iterator[str]:
    """By the tree that an HTML5 parser makes of it."""
    for element in _elements(html):
        tag = element.tag if isinstance(element.tag, str) else "comment"
        if tag not in TAGS:
            yield f"tag {tag}"
        for name, value in element.attrib.items():
            yield from _attribute_objections(tag, str(name), value)


def _elements(html: str) -> Iterator[Any]:
    fragment = BleachHTMLParser(
        tags=None, strip=False, consume_entities=True, namespaceHTMLElements=False
    ).parseFragment(html)
    yield from (element for element in fragment.iter() if element is not fragment)


def _attribute_objections(tag: str, name: str, value: str) -> Iterator[str]:
    if name not in ATTRIBUTES:
        yield f"attribute {tag} {name}"
    if name == "href" and not is_harmless_link(value):
        yield f"link {value!r}"
    if name == "src" and not (tag == "img" and value.startswith("/files/")):
        yield f"image {value!r}"
    if name == "id" and not re.fullmatch(r"fn(ref\d*)?-[0-9a-f]{8}-\d+", value):
        yield f"id {value!r}"


def is_harmless_link(value: str) -> bool:
    """True of http, https, mailto with an address, a path of this site, or a footnote."""
    if value != value.strip() or re.search(r"[\x00-\x20\x7f]", value):
        return False
    if value.startswith("/"):
        return not value.startswith(("//", "/\\"))
    if value.startswith("#"):
        return value.startswith("#fn")
    scheme = value.partition(":")[0].lower()
    return scheme in {"http", "https", "mailto"}


def _form_objections(html: str) -> Iterator[str]:
    """By the tags as written: each one closed, none across another."""
    reader = _Tags()
    reader.feed(html)
    reader.close()
    yield from reader.found
    yield from (f"open {tag}" for tag in reader.open)


class _Tags(HTMLParser):
    VOID = frozenset({"br", "hr", "img"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.found.append(f"twice {tag} {names}")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.found.append(f"crossed {tag}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"declaration {decl!r}")
