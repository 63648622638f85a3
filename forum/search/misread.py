"""Operators by the names that they have elsewhere; and what one that there is not was probably meant to be. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

_ALIKE = 0.65
"""How much of a word must be the same: a letter or two of six may be wrong."""

# What other places call them.
_ELSEWHERE: Mapping[str, str] = {
    "author": "@",
    "from": "@",
    "user": "@",
    "category": "board",
    "forum": "board",
    "intitle": "title",
    "label": "tag",
    "tags": "tag",
    "since": "after",
    "until": "before",
    "sort": "order",
}


@dataclass(frozen=True)
class Note:
    """Why a part of a line was not understood; `instead`: what was probably meant, `line`: the whole line with it."""

    sentence: str
    instead: str = ""
    line: str = ""


def operator_of(name: str, *, is_date: bool) -> str:
    """The operator that people mean by `name`; `@` is one, too. `is_date`: whether a date stands behind it."""
    return "after" if name == "from" and is_date else _ELSEWHERE.get(name, name)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` is most like, or ""."""
    by_lower = {one.lower(): one for one in known}
    return next((by_lower[one] for one in get_close_matches(word.lower(), by_lower, 1, _ALIKE)), "")


def meant(name: str, value: str, takes: Mapping[str, Sequence[str]]) -> str:
    """The operator that `name:value` was probably meant to be, or "". `takes`: operator → its words; none: any."""
    taking = [key for key, words in takes.items() if value in words]
    key = name if name in takes else nearest(name, taking) or nearest(name, takes) or next(iter(taking), "")
    if not key:
        return ""
    word = nearest(value, takes[key]) if takes[key] else value
    return spelled(key, word) if word else ""


def spelled(name: str, value: str) -> str:
    """An operator as people type it; `@` is one, too."""
    if name == "@":
        return f"@{value}"
    return f'{name}:"{value}"' if re.search(r"\s", value) else f"{name}:{value}"
