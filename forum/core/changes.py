"""How much of a text an edit changed. Pure."""

from __future__ import annotations

import difflib
import re

_TOKEN = re.compile(r"[^\W\u2e80-\uffff]+|.", re.DOTALL)
"""A word, or a sign by itself; of scripts that part no words, each character."""


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


def added_characters(old: str, new: str, most: int) -> int:
    """About how many characters of `new` do not stand in `old`; any number above `most` means "more"."""
    old, new = without_shared_ends(old, new)
    if len(new) <= most or len(new) - len(old) > most:
        return len(new)
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    steps = difflib.SequenceMatcher(None, before, after).get_opcodes()
    return sum(len("".join(after[start:end])) for step, _i, _j, start, end in steps if step in ("insert", "replace"))
