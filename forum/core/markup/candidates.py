"""Which names and tags a text might mean, found cheaply so that the caller can ask which of them exist."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from forum.core.markup.source import tick_runs

# The same shapes the renderer links; an address such as a@example.org or a path such as x/#y is neither.
NAME = r"(?<![\w@/.])@([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,58}[A-Za-z0-9_])?)(?![\w@])"
TAG = r"(?<![\w#/&])#(\w(?:[\w-]{0,48}\w)?)(?![\w#])"

_NAME = re.compile(NAME)
_TAG = re.compile(TAG)
_TICKS = re.compile("`+")
_FENCE = re.compile(r"^[ >\t]{0,12}(`{3,}|~{3,})", re.MULTILINE)


def mention_candidates(source: str) -> frozenset[str]:
    """Names written as `@name` outside code, as written; `@ann.` and `@ann-or-bo` count for their beginnings too."""
    written = set(_NAME.findall(_without_code(source)))
    return frozenset(name for found in written for name in shorter(found))


def tag_candidates(source: str) -> frozenset[str]:
    """Tags written as `#tag` outside code."""
    return frozenset(_TAG.findall(_without_code(source)))


def shorter(name: str) -> Iterator[str]:
    """A written name, then what is left of it before each full stop or hyphen, longest first."""
    yield name
    for end in range(len(name) - 1, 0, -1):
        if name[end] in ".-" and name[end - 1] not in ".-":
            yield name[:end]


def _without_code(source: str) -> str:
    return _without_spans(_without_fences(source))


def _without_fences(source: str) -> str:
    """Lines between a fence and its partner left out. One pass over the lines."""
    kept: list[str] = []
    fence = ""
    for line in source.splitlines():
        marker = _FENCE.match(line)
        if not fence:
            if marker:
                fence = marker[1]
            else:
                kept.append(line)
        elif marker and marker[1].startswith(fence) and not line.strip(" >\t" + fence[0]):
            fence = ""
    return "\n".join(kept)


def _without_spans(text: str) -> str:
    """Code spans left out: a run of backticks closes at the next run of its own length."""
    runs = tick_runs(text)
    kept: list[str] = []
    start = at = 0
    while run := _TICKS.search(text, at):
        starts = runs[len(run[0])]
        closing = bisect_right(starts, run.start())
        at = run.end()
        if closing < len(starts):
            kept.append(text[start : run.start()])
            start = at = starts[closing] + len(run[0])
    kept.append(text[start:])
    return " ".join(kept)
