"""Saved replies: the words that stand for something else in them, and what they become. Pure.

What is filled in was written by somebody else, so it is taken as words and never as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

LONGEST_NAME, LONGEST_SOURCE = 80, 4_000
MOST = 100
"""So many may somebody keep, and so many an organization."""

VARIABLES: Sequence[str] = ("member", "topic", "board", "me", "organization")

_VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~@&$^=.:/-])")
_CODE = re.compile(r"(?<!`)(`+|~~~+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def unknown(source: str) -> Sequence[str]:
    """The names between double braces that stand for nothing, each once, in their order."""
    return [name for name in dict.fromkeys(_VARIABLE.findall(source)) if name not in VARIABLES]


def filled(source: str, values: Mapping[str, str]) -> str:
    """The text with its variables filled in; one that stands for nothing stays as it is."""

    code = [found.span() for found in _CODE.finditer(source)]

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            return found[0]
        words = " ".join(values[found[1]].split())
        if any(begins <= found.start() < ends for begins, ends in code):
            return words.replace("`", "")  # nothing is a mark in there, a backslash neither
        return _MARKS.sub(r"\\\1", words)

    return _VARIABLE.sub(value, source)
