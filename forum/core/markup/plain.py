"""The readable text of a post, and the plain way to show one that could not be rendered in time."""

import html
import re
from typing import Any

from forum.core.markup.source import tidy
from forum.core.markup.values import RENDERER_VERSION, Job, Rendered, SourceKind

_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*)[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>")
# fmt: off
_BLOCK = frozenset({
    "p", "br", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote",
    "pre", "table", "tr", "td", "th", "hr", "details", "summary",
})
# fmt: on
# What spoilers stand in → what is read in their place.
_HIDING = {"span": "(Spoiler)", "details": "<br>(Spoiler)<br>"}
_ALT = re.compile(r'<img [^<>"]*?(?:"[^"]*"[^<>"]*?)*?\balt="([^"]*)"')
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n\s*")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_ANY_TAG = re.compile(r"<[/!a-zA-Z][^<>]*>")


def finished(html: str, *, bounded: bool = False) -> Rendered:
    """Safe HTML with its plain text and word count."""
    text = readable(html)
    return Rendered(
        html=html, plain=text, words=word_count(text), version=0 if bounded else RENDERER_VERSION, bounded=bounded
    )


def plainly(job: Job[Any]) -> Rendered:
    """The text without any markup, for a job whose rendering was stopped."""
    source = tidy(job.source)
    if job.kind is SourceKind.HTML:
        source = tidy(without_tags(source))
    return finished(shown_plainly(source), bounded=True)


def readable(safe_html: str) -> str:
    """The text of sanitised HTML, a line for each block. It stands in lists and previews: spoilers are not told."""
    text = html.unescape(_TAG.sub(_gap, _without_spoilers(safe_html)))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def _without_spoilers(safe_html: str) -> str:
    kept, at, name, depth = [], 0, "", 0
    for tag in _TAG.finditer(safe_html):
        here = tag[1].lower()
        if depth:
            depth += (here == name) - (here == f"/{name}")
            at = tag.end()
        elif here in _HIDING and 'class="spoiler"' in tag[0]:
            kept += [safe_html[at : tag.start()], _HIDING[here]]
            name, depth = here, 1
    return "".join([*kept, "" if depth else safe_html[at:]])


def _gap(tag: re.Match[str]) -> str:
    name = tag[1].lstrip("/").lower()
    if name == "img":
        described = _ALT.match(tag[0])
        return described[1] if described else ""
    return "\n" if name in _BLOCK else ""


def word_count(text: str) -> int:
    """How many words a text has; linear."""
    return sum(1 for _ in _WORD.finditer(text))


def shown_plainly(source: str) -> str:
    """`source` as escaped paragraphs with line breaks. Nothing but `<p>`, `<br>` and escaped characters."""
    paragraphs = [part.strip("\n") for part in re.split(r"\n[^\S\n]*\n", source)]
    return "\n".join(
        "<p>" + html.escape(part, quote=False).replace("\n", "<br>\n") + "</p>" for part in paragraphs if part.strip()
    )


def without_tags(source: str) -> str:
    """The words of an HTML source, roughly: for one that could not be parsed in time."""
    return html.unescape(_ANY_TAG.sub(" ", source))
