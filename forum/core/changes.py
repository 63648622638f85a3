"""How much of a text an edit changed. Pure."""

from __future__ import annotations

import difflib


def changed_characters(old: str, new: str, most: int) -> int:
    """How many characters an edit touched: removed plus added ones inside the changed stretch; exact up to `most`,
    any greater number means "more"."""
    old, new = without_shared_ends(old, new)
    if not old or not new:
        return len(old) + len(new)
    if max(len(old), len(new)) > most * 10:
        return most + 1
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return max(len(old), len(new)) - same if same else max(len(old), len(new))


def without_shared_ends(old: str, new: str) -> tuple[str, str]:
    """The stretch in which two texts differ, of each."""
    start = 0
    least = min(len(old), len(new))
    while start < least and old[start] == new[start]:
        start += 1
    old, new = old[start:], new[start:]
    end = 0
    least = min(len(old), len(new))
    while end < least and old[-1 - end] == new[-1 - end]:
        end += 1
    return (old[: len(old) - end], new[: len(new) - end])
