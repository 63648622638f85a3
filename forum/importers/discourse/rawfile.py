"""The text that Discourse gives for `GET /raw/<topic>`: sources of many posts in one file.

Each post is `name | 2017-01-02 00:59:31 UTC | #3`, a blank line, its source, a blank line and a rule of 25 dashes.
An author may write such lines too, so a source counts only where nothing contradicts it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

_HEADER = re.compile(
    r"(?:\A|(?<=\n-------------------------\n\n))"
    r"([^\s|]+) \| [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} UTC \| #([0-9]{1,9})\n\n"
)
_RULE = "\n\n-------------------------\n\n"


def sources(content: str, authors: Mapping[int, str]) -> dict[int, str]:
    """Sources by post number. `authors`: who wrote which number. A part whose header names another author, and the
    part before it (which may have been cut there), are left out; where numbers do not ascend, all are."""
    text = content.replace("\r\n", "\n")
    headers = list(_HEADER.finditer(text))
    numbers = [int(header[2]) for header in headers]
    if any(after <= before for before, after in pairwise(numbers)):
        return {}
    agreed = [authors.get(int(header[2])) == header[1] for header in headers] + [True]
    ends = [*(header.start() for header in headers), len(text)][1:]
    found: dict[int, str] = {}
    for index, (header, end) in enumerate(zip(headers, ends, strict=True)):
        part = text[header.end() : end]
        if agreed[index] and agreed[index + 1] and part.endswith(_RULE):
            found[int(header[2])] = part.removesuffix(_RULE)
    return found
