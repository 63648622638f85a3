"""Where in a text the words stand that were looked for, and the stretch that is worth showing.

Pure. Speaks of the text as people wrote it; the page escapes each piece before it marks any.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from forum.core.folding import Phrase, Word, words

LENGTH = 240
MOST_READ = 20_000
"""Of a longer text only so much is looked at."""


class Piece(NamedTuple):
    """A stretch of text; `marked`: it was looked for."""

    text: str
    marked: bool


def pieces(text: str, phrases: Sequence[Phrase]) -> list[Piece]:
    """The whole text, cut where marks begin and end. Joined, the pieces are the text."""
    return _cut(text, _spans(list(words(text)), phrases))


def excerpt(text: str, phrases: Sequence[Phrase], length: int = LENGTH) -> list[Piece]:
    """The stretch of about `length` characters with the most of them, in one line, with … where it was cut."""
    text = " ".join(text[:MOST_READ].split())
    found = list(words(text))
    spans = _spans(found, phrases)
    start, end = _window(text, found, spans, length)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if b > start and a < end]
    cut = _cut(text[start:end].rstrip(), inside)
    before = [Piece("… ", False)] if start else []
    after = [Piece(" …", False)] if end < len(text) else []
    return [*before, *cut, *after]


def _spans(found: Sequence[Word], phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Where the phrases stand, joined where they touch, in order."""
    tokens = [(token, word) for word in found for token in word.tokens]
    spans: list[tuple[int, int]] = []
    for place in range(len(tokens)):
        for phrase in phrases:
            if _stands(tokens, place, phrase):
                last = tokens[place + len(phrase.tokens) - 1][1]
                spans.append((tokens[place][1].start, last.end))
    spans.sort()
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _stands(tokens: Sequence[tuple[str, Word]], place: int, phrase: Phrase) -> bool:
    wanted = phrase.tokens
    if place + len(wanted) > len(tokens):
        return False
    here = [token for token, _word in tokens[place : place + len(wanted)]]
    if here[:-1] != list(wanted[:-1]):
        return False
    return here[-1].startswith(wanted[-1]) if phrase.beginning else here[-1] == wanted[-1]


def _window(text: str, found: Sequence[Word], spans: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """The start before the densest run of marks, at a word, and the end."""
    if len(text) <= length:
        return 0, len(text)
    start = 0
    if spans:
        counts = [sum(1 for a, b in spans[n:] if b <= first + length) for n, (first, _end) in enumerate(spans[:50])]
        first = spans[counts.index(max(counts))][0]
        start = max(0, first - length // 4) if first > length // 2 else 0
        start = next((word.start for word in found if word.start >= start), start) if start else 0
        start = min(start, first)
    end = min(len(text), start + length)
    if end < len(text):
        end = next((word.end for word in reversed(found) if start < word.end <= end), end)
    return start, end


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    cut: list[Piece] = []
    place = 0
    for start, stop in spans:
        end = min(stop, len(text))
        if start > place:
            cut.append(Piece(text[place:start], False))
        if end > start:
            cut.append(Piece(text[start:end], True))
            place = end
    if place < len(text):
        cut.append(Piece(text[place:], False))
    return cut
