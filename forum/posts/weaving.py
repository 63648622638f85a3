"""Two changes of one text made into one, where they do not touch each other. Pure.

Line by line, as `difflib` sees them; where both changed the same lines, or lines next to each other, a person has to
look. Quadratic at worst, so longer texts than `LARGEST` lines are left to people, too.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

LARGEST = 1200

_Change = tuple[int, int, Sequence[str]]


def weave(base: str, ours: str, theirs: str) -> str | None:
    """`base` with both changes; None where they cannot be told apart."""
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    lines = base.splitlines(keepends=True)
    both = [_changes(lines, text.splitlines(keepends=True)) for text in (ours, theirs)]
    if any(found is None for found in both):
        return None
    changes = sorted(set(_keyed(both[0]) + _keyed(both[1])))
    woven, at = [], 0
    touched = -1
    for first, last, new in changes:
        if first <= touched:
            return None
        woven += [*lines[at:first], *new]
        at = touched = last
    return "".join([*woven, *lines[at:]])


def _keyed(changes: Sequence[_Change] | None) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(first, last, tuple(new)) for first, last, new in changes or ()]


def _changes(base: Sequence[str], other: Sequence[str]) -> Sequence[_Change] | None:
    """Lines of `base` from `first` up to `last`, and what stands in their place."""
    if max(len(base), len(other)) > LARGEST:
        return None
    found = difflib.SequenceMatcher(None, base, other, autojunk=False).get_opcodes()
    return [(a1, a2, other[b1:b2]) for tag, a1, a2, b1, b2 in found if tag != "equal"]
