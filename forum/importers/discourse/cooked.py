"""Discourse's rendered HTML, made plain: its widgets become quotes, lists and links that any page can show.

Two walks from the innermost element outwards: the first turns each widget into ordinary HTML (`widgets`), the second
leaves only the tags and attributes that say something here. Nothing is made safe: that is the sanitiser's.
"""

from __future__ import annotations

import re

from forum.importers.discourse import tree
from forum.importers.discourse.links import absolute
from forum.importers.discourse.tree import Element, Item
from forum.importers.discourse.widgets import WIDGETS, Setting

_GONE = frozenset({"script", "style", "svg", "template", "noscript", "button", "input", "select", "textarea"})
_UNWRAPPED = frozenset(
    "article aside center figcaption figure font footer form header main path section span use".split()
)
_LANGUAGE = re.compile(r"lang(?:uage)?-([a-z0-9+#_-]{1,24})", re.IGNORECASE)
_NO_LANGUAGE = frozenset({"auto", "nohighlight", "text", "plaintext", "none"})
_KEPT = {
    "img": ("src", "alt"),
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
}


def normalised(html: str, setting: Setting) -> str:
    """The same words in ordinary HTML. One beyond all reason comes back as it is."""
    root = tree.parsed(html)
    if root is None:
        return html
    for element in reversed(list(root.iterdescendants())):
        widget = next((WIDGETS[name] for name in _names(element) if name in WIDGETS), None)
        if widget is not None:
            widget(element, setting)
    for element in reversed(list(root.iterdescendants())):
        _plain(element, setting)
    for paragraph in list(root.iter("p")):
        tree.replace(paragraph, *_paragraphs(tree.taken(paragraph)))
    tree.put(root, _paragraphs(tree.taken(root)))
    return re.sub(r"\n{3,}", "\n\n", tree.inner_html(root)).strip()


def _names(element: Element) -> list[str]:
    """What a widget may be known by: `aside.quote`, `.lazyYT`, `iframe`."""
    name, classes = tree.tag(element), (element.get("class") or "").split()
    return [f"{name}.{item}" for item in classes] + [f".{item}" for item in classes] + [name]


def _plain(element: Element, setting: Setting) -> None:
    name = tree.tag(element)
    if name in _GONE or not name:
        tree.replace(element)
    elif name in _UNWRAPPED and not (name == "span" and "spoiler" in tree.classes(element)):
        tree.unwrap(element)
    elif name == "div":
        _division(element)
    else:
        _attributes(element, name, setting)


def _division(element: Element) -> None:
    """A `div` around words is a paragraph; around blocks, or inside a paragraph or cell, it is nothing."""
    parent = element.getparent()
    inside = parent is not None and tree.tag(parent) in ("p", "a", "li", "td", "th", "summary", "pre", "code")
    if inside or tree.has_blocks(element) or (not tree.words(element) and not len(element)):
        tree.unwrap(element)
    else:
        element.tag = "p"
        element.attrib.clear()


def _attributes(element: Element, name: str, setting: Setting) -> None:
    kept = {key: value for key in _KEPT.get(name, ()) if (value := element.get(key)) is not None}
    classes = tree.classes(element)
    if name == "a" and element.get("href"):
        kept["href"] = setting.address(element.get("href") or "")
    if name == "img":
        kept["src"] = absolute(kept.get("src", ""), setting.hosts)
        kept.setdefault("alt", "")
    if name == "code" and (language := _language(classes)):
        kept["class"] = f"language-{language}"
    for keep in {"mention", "spoiler"} & classes:
        kept["class"] = keep
    element.attrib.clear()
    for key, value in kept.items():
        element.set(key, value)


def _language(classes: set[str]) -> str:
    found = (_LANGUAGE.fullmatch(name) for name in sorted(classes))
    names = [match[1].lower() for match in found if match]
    return next((name for name in names if name not in _NO_LANGUAGE), "")


def _paragraphs(items: list[Item]) -> list[Item]:
    """Words between blocks as paragraphs of their own, as a browser reads a quote or list inside a paragraph."""
    parts: list[Item] = []
    words = tree.made("p")
    for item in [*items, None]:
        if item is not None and (isinstance(item, str) or tree.tag(item) not in tree.BLOCKS):
            tree.put(words, [item])
            continue
        _trim(words)
        parts += [words] if len(words) or (words.text or "").strip() else ["\n"] if words.text else []
        parts += [item] if item is not None else []
        words = tree.made("p")
    return parts


def _trim(paragraph: Element) -> None:
    """Line breaks at either end of a paragraph go: they parted it from what is now a block of its own."""
    while (last := tree.last_child(paragraph)) is not None and _is_break(last) and not (last.tail or "").strip():
        paragraph.remove(last)
    while (
        not (paragraph.text or "").strip() and (first := next(iter(paragraph), None)) is not None and _is_break(first)
    ):
        paragraph.text, first.tail = (first.tail or "").lstrip(), None
        paragraph.remove(first)


def _is_break(element: Element) -> bool:
    return tree.tag(element) == "br"
