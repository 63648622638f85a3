"""Which names and tags a text might mean, found cheaply so that the caller can ask which of them exist."""

import re

# The same shapes the renderer links; an address such as a@example.org or a path such as x/#y is neither.
NAME = r"(?<![\w@/.])@([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,58}[A-Za-z0-9_])?)(?![\w@])"
TAG = r"(?<![\w#/&])#(\w(?:[\w-]{0,48}\w)?)(?![\w#])"

_NAME = re.compile(NAME)
_TAG = re.compile(TAG)
_FENCE = re.compile(r"^[ >\t]{0,12}(`{3,}|~{3,})", re.MULTILINE)
_TICKS = re.compile(r"`+")


def mention_candidates(source: str) -> frozenset[str]:
    """Names written as `@name` outside code. Case as written; at most what the text holds."""
    return frozenset(_NAME.findall(_without_code(source)))


def tag_candidates(source: str) -> frozenset[str]:
    """Tags written as `#tag` outside code."""
    return frozenset(_TAG.findall(_without_code(source)))


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
    """Code spans left out. A run of backticks closes at the next run of its own length; one pass from the right
    notes where that is, so that unpartnered runs cost nothing."""
    runs = [(m.start(), m.end()) for m in _TICKS.finditer(text)]
    partner: dict[int, int] = {}
    nearest: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        if length in nearest:
            partner[index] = nearest[length]
        nearest[length] = index
    kept: list[str] = []
    start = index = 0
    while index < len(runs):
        if index in partner:
            kept.append(text[start : runs[index][0]])
            index = partner[index]
            start = runs[index][1]
        index += 1
    kept.append(text[start:])
    return " ".join(kept)
