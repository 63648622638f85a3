"""What changed between two wordings, readable by people and bounded in time.

Lines are compared first, words only inside lines that changed. Both steps use `difflib`, which is quadratic at worst,
so each is given no more than `LARGEST` items; beyond that the whole stretch counts as replaced.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LARGEST = 1200

KEPT, ADDED, REMOVED, SKIPPED = "kept", "added", "removed", "skipped"
AROUND = 2


@dataclass(frozen=True)
class Piece:
    """A stretch of text that was kept, added or removed."""

    change: str
    text: str


def diff(old: str, new: str) -> list[Piece]:
    """The pieces in reading order; kept and added ones joined are `new`, kept and removed ones `old`."""
    return _joined(_by_line(old.splitlines(keepends=True), new.splitlines(keepends=True)))


def _by_line(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for tag, a, b in _runs(old, new):
        if tag == "replace":
            yield from _by_word("".join(a), "".join(b))
        else:
            yield from _plain(tag, "".join(a), "".join(b))


def _by_word(old: str, new: str) -> Iterator[Piece]:
    for tag, a, b in _runs(re.findall(r"\s+|\w+|[^\w\s]", old), re.findall(r"\s+|\w+|[^\w\s]", new)):
        yield from _plain(tag, "".join(a), "".join(b))


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    if max(len(old), len(new)) > LARGEST:
        yield "replace", old, new
        return
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        yield tag, old[a1:a2], new[b1:b2]


def _plain(tag: str, old: str, new: str) -> Iterator[Piece]:
    if tag == "equal":
        yield Piece(KEPT, old)
        return
    if old:
        yield Piece(REMOVED, old)
    if new:
        yield Piece(ADDED, new)


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].change == piece.change:
            joined[-1] = Piece(piece.change, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return joined


def condensed(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with long unchanged stretches cut to two lines around the changes; a skipped piece's text says how
    many lines were left out."""
    if len(pieces) == 1:
        return list(pieces)
    short: list[Piece] = []
    for at, piece in enumerate(pieces):
        lines = piece.text.splitlines(keepends=True)
        before = AROUND if at > 0 else 0
        after = AROUND if at < len(pieces) - 1 else 0
        left_out = len(lines) - before - after
        if piece.change != KEPT or left_out < 3:
            short.append(piece)
            continue
        kept_before, kept_after = "".join(lines[:before]), "".join(lines[len(lines) - after :])
        parts = (Piece(KEPT, kept_before), Piece(SKIPPED, str(left_out)), Piece(KEPT, kept_after))
        short.extend(part for part in parts if part.text)
    return short
