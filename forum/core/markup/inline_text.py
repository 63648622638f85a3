"""A paragraph's text, made safe for Python-Markdown's inline step before it sees it: marks that have no partner are
escaped, since looking for the partner of each of them is what takes minutes."""

import re
from bisect import bisect_right

from markdown.util import ETX, STX

from forum.core.markup.source import tick_runs

DEEPEST_BRACKETS = 6
LONGEST_RUN = 12
"""More of *, _ or ~ in a row than this is a drawing, not an emphasis."""

_MARKS = re.compile(rf"\\[!-/:-@\[-`{{-~]|`+|\[|\]|[*_~]{{{LONGEST_RUN + 1},}}")
_BACKSLASH_AT_END = re.compile(r"(?<!\\)((?:\\\\)*)\\\n")


def prepared(text: str) -> str:
    """`text` with unpartnered and overlong marks escaped the way Python-Markdown does it."""
    text = _BACKSLASH_AT_END.sub(r"\1\n", text)
    if not _MARKS.search(text):
        return text
    escaped: dict[int, int] = {}
    brackets: list[int] = []
    runs = tick_runs(text)
    at = 0
    while mark := _MARKS.search(text, at):
        at = mark.end()
        if mark[0][0] == "`":
            at = _past_code(mark, runs, escaped)
        elif mark[0] == "[":
            brackets.append(mark.start())
        elif mark[0] == "]":
            _pair(brackets, mark.start(), escaped)
        elif mark[0][0] != "\\":
            escaped[mark.start()] = mark.end()
    escaped.update((start, start + 1) for start in brackets)
    return _with_escapes(text, escaped)


def _past_code(mark: re.Match[str], runs: dict[int, list[int]], escaped: dict[int, int]) -> int:
    """Where to go on after a run of backticks: behind its partner, or behind itself, escaped."""
    length = len(mark[0])
    starts = runs.get(length, [])
    index = bisect_right(starts, mark.start())
    if index < len(starts):
        return starts[index] + length
    escaped[mark.start()] = mark.end()
    return mark.end()


def _pair(brackets: list[int], closed: int, escaped: dict[int, int]) -> None:
    if not brackets:
        escaped[closed] = closed + 1
        return
    opened = brackets.pop()
    if len(brackets) >= DEEPEST_BRACKETS:
        escaped[opened] = opened + 1
        escaped[closed] = closed + 1


def _with_escapes(text: str, escaped: dict[int, int]) -> str:
    parts: list[str] = []
    start = 0
    for opened in sorted(escaped):
        parts.append(text[start:opened])
        parts.extend(f"{STX}{ord(character)}{ETX}" for character in text[opened : escaped[opened]])
        start = escaped[opened]
    parts.append(text[start:])
    return "".join(parts)
