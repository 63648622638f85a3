"""Which names and tags a text might mean, found cheaply so that the caller can ask which of them exist."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape

from forum.core.markup import allowed
from forum.core.markup.block_reader import BlockReader
from forum.core.markup.block_tree import Block, Kind
from forum.core.markup.source import tick_runs, tidy
from forum.core.markup.tables import cells

# The same shapes the renderer links; an address such as a@example.org or a path such as x/#y is neither.
NAME = r"(?<![\w@/.])@([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,58}[A-Za-z0-9_])?)(?![\w@])"
TAG = r"(?<![\w#/&])#(\w(?:[\w-]{0,48}\w)?)(?![\w#])"

_NAME = re.compile(NAME)
_TAG = re.compile(TAG)
_IMAGE = re.compile(r"!\[|<img\b", re.IGNORECASE)
_ADDRESS = re.compile(r"/files/[0-9a-z]{1,64}\.[a-z0-9]{1,5}|https?://[^\s<>\"'\[\]]{1,2000}")
_MOST_IMAGES = 200
_TICKS = re.compile(r"\\[!-/:-@\[-`{-~]|`+")


def mention_candidates(source: str) -> frozenset[str]:
    """Names written as `@name` outside code, as written; `@ann.` and `@ann-or-bo` count for their beginnings too."""
    written = set(_NAME.findall(_without_code(source)))
    return frozenset(name for found in written for name in shorter(found))


def tag_candidates(source: str) -> frozenset[str]:
    """Tags written as `#tag` outside code."""
    return frozenset(_TAG.findall(_without_code(source)))


def image_candidates(source: str) -> frozenset[str]:
    """Addresses that images of the text may have, as the renderer writes them: more than there are, and few."""
    if not _IMAGE.search(source):
        return frozenset()
    found: set[str] = set()
    for written in _ADDRESS.findall(source)[:_MOST_IMAGES]:
        for text in {written, written.rstrip(").,;"), written.partition(")")[0], unescape(written)}:
            address = allowed.address(text)
            if address is not None:
                found.add(address)
    return frozenset(found)


def shorter(name: str) -> Iterator[str]:
    """A written name, then what is left of it before each full stop or hyphen, longest first."""
    yield name
    for end in range(len(name) - 1, 0, -1):
        if name[end] in ".-" and name[end - 1] not in ".-":
            yield name[:end]


def _without_code(source: str) -> str:
    """The text that mentions may stand in, as the renderer's own block step finds it."""
    return "\n".join(_without_spans(text) for text in _texts(BlockReader().read(tidy(source))))


def _texts(block: Block) -> Iterator[str]:
    for child in block.children:
        if child.kind is Kind.TABLE:
            for line in child.lines:
                yield from cells(line)
        elif child.kind in (Kind.PARAGRAPH, Kind.HEADING):
            yield "\n".join(line.rstrip() for line in child.lines)
        else:
            yield from _texts(child)


def _without_spans(text: str) -> str:
    """Code spans left out: a run of backticks closes at the next run of its own length."""
    runs = tick_runs(text)
    kept: list[str] = []
    start = at = 0
    while mark := _TICKS.search(text, at):
        at = mark.end()
        if mark[0][0] == "\\":
            continue
        starts = runs.get(len(mark[0]), [])
        closing = bisect_right(starts, mark.start())
        if closing < len(starts):
            kept.append(text[start : mark.start()])
            start = at = starts[closing] + len(mark[0])
    kept.append(text[start:])
    return " ".join(kept)
