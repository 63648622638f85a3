"""Watched words in what people read of a draft, whatever they were dressed in. Pure.

A text is looked at as it was written, where words can be blackened, and as it is shown: there emphasis, links, entities
and a list that looks like code part no word any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import unescape

from forum.holds.words import CHANGING, Action, Hit, Matcher

_CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|table|thead|tbody|tr|td|th|figure|figcaption|aside|details|summary"
    r"|section|hr|img)\b[^>]*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_APART = " " * 5
"""What parts the words of a phrase, as code does in the source."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a draft: the field of its form, as they were written, and as they are shown where that is another."""

    field: str
    text: str
    html: str = ""


def readable(html: str) -> str:
    """What a text shows, without code: words as they stand, and the ends of paragraphs."""
    text = _CODE.sub(_APART, html)
    text = _BREAK.sub("\n", _BLOCK.sub("\n\n", text))
    return unescape(_TAG.sub("", text))


def found(matcher: Matcher, said: Iterable[Said], board_id: int | None = None) -> Mapping[str, list[Hit]]:
    """The watched words in a draft, by the field in which they stand. What should be blackened or replaced, and is so
    dressed that it cannot be, is told to moderators."""
    if matcher.is_empty:
        return {}
    return {one.field: hits for one in said if (hits := _in(matcher, one, board_id))}


def _in(matcher: Matcher, said: Said, board_id: int | None) -> list[Hit]:
    written = matcher.hits(said.text, board_id)
    if not said.html:
        return written
    plain = {hit.watched for hit in written}
    dressed = [hit for hit in matcher.hits(readable(said.html), board_id) if hit.watched not in plain]
    return written + [_told(hit) for hit in dressed]


def _told(hit: Hit) -> Hit:
    if hit.watched.action not in CHANGING:
        return hit
    return replace(hit, watched=replace(hit.watched, action=Action.FLAG))
