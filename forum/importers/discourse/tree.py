"""A small HTML tree in which text and elements are items of one list. lxml is known to this file alone.

lxml (libxml2) rather than html5lib: it mends what an archive may hold as well, and is some thirty times faster.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import TypeAlias

import lxml.html
from lxml import etree

Element: TypeAlias = etree._Element
Item: TypeAlias = "str | Element"

BLOCKS = frozenset("address blockquote details div dl figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul".split())

# libxml2 drops what lies deeper than 2048, and a text beside many others is copied with each: a post that comes near
# either is not taken apart. The richest post seen in life has some 900 tags.
_DEEPEST = 1000
_MOST_TAGS = 10_000


def parsed(html: str) -> Element | None:
    """A `div` around the fragment, without comments; None when it is too large or too deep to take apart surely."""
    if html.count("<") > _MOST_TAGS:
        return None
    root = lxml.html.fragment_fromstring(html, create_parent="div", parser=_parser())
    return None if html.count("<") > _DEEPEST and _depth(root) > _DEEPEST else root


@cache
def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")


def _depth(root: Element) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def inner_html(root: Element) -> str:
    """What is inside `root`, as HTML."""
    inside = "".join(etree.tostring(child, encoding="unicode", method="html") for child in root)
    return escape(root.text or "", quote=False) + inside


def tag(element: Element) -> str:
    """The name; empty for what is no element (an entity the parser left alone)."""
    name: object = element.tag
    return name if isinstance(name, str) else ""


def classes(element: Element) -> set[str]:
    return set((element.get("class") or "").split())


def found(element: Element, *names: str) -> list[Element]:
    """The elements of these names inside, in their order."""
    return list(element.iterdescendants(*names))


def links(element: Element) -> list[Element]:
    """The links inside that lead somewhere."""
    return [link for link in found(element, "a") if link.get("href")]


def words(item: Item) -> str:
    """The text inside as one line."""
    text = item if isinstance(item, str) else "".join(str(part) for part in item.itertext())
    return " ".join(text.split())


def made(name: str, *items: Item, **attributes: str) -> Element:
    """A new element; `class_` stands for class."""
    element = etree.Element(name)
    for key, value in attributes.items():
        element.set(key.rstrip("_"), value)
    put(element, items)
    return element


def put(element: Element, items: Iterable[Item]) -> None:
    """Adds items at the end."""
    for item in items:
        if not isinstance(item, str):
            element.append(item)
        elif (last := last_child(element)) is not None:
            last.tail = (last.tail or "") + item
        else:
            element.text = (element.text or "") + item


def last_child(element: Element) -> Element | None:
    """Found at once, where `len` would count."""
    return next(element.iterchildren(reversed=True), None)


def put_first(element: Element, item: Element) -> None:
    """Adds an element before everything."""
    item.tail, element.text = element.text, None
    element.insert(0, item)


def taken(element: Element) -> list[Item]:
    """Everything inside, which is then empty."""
    items: list[Item] = [element.text] if element.text else []
    for child in list(element):
        tail, child.tail = child.tail, None
        element.remove(child)
        items.append(child)
        if tail:
            items.append(tail)
    element.text = None
    return items


def replace(element: Element, *items: Item) -> None:
    """`items` stand where `element` stood; what followed it still follows. Costs the same among many siblings."""
    parent = element.getparent()
    if parent is None:
        return
    tail, element.tail = element.tail, None
    for item in (*items, tail or ""):
        if isinstance(item, str):
            _put_before(element, parent, item)
        else:
            element.addprevious(item)
    parent.remove(element)


def _put_before(element: Element, parent: Element, text: str) -> None:
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def unwrap(element: Element) -> None:
    """The element goes, its content stays."""
    replace(element, *taken(element))


def has_blocks(element: Element) -> bool:
    return any(tag(child) in BLOCKS for child in element)
