"""Tells the prose of a Markdown source from its code, in one pass, so that only prose is changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_FENCE = re.compile(r"[ >\t]{0,12}(`{3,}|~{3,})(.*)", re.DOTALL)
_TICKS = re.compile(r"`+")
_STAND_IN = re.compile("\ue000([0-9]+)\ue001")


def in_prose(source: str, change: Callable[[str], str]) -> str:
    """`source` with `change` made to every stretch of prose; fenced, indented and inline code stay as they are."""
    return "".join(part if is_code else change(part) for part, is_code in _pieces(source, indented=True))


def around_code(source: str, change: Callable[[str], str]) -> str | None:
    """As `in_prose`, but `change` sees the whole text with a short stand-in for each stretch of code, so that it can
    match from before one to after it. Indented lines are prose. None when the text holds such stand-ins itself."""
    if _STAND_IN.search(source):
        return None
    codes: list[str] = []
    held: list[str] = []
    for part, is_code in _pieces(source, indented=False):
        held.append(f"\ue000{len(codes)}\ue001" if is_code else part)
        codes += [part] if is_code else []
    return _STAND_IN.sub(lambda found: codes[int(found[1])], change("".join(held)))


def prose_of(source: str) -> str:
    """The prose alone, a gap for each stretch of code. Indented lines are in it: they may belong to a list."""
    return "".join("\ufffc" if is_code else part for part, is_code in _pieces(source, indented=False))


def lines_with_fences(source: str) -> Iterator[tuple[str, bool]]:
    """Every line with its line end, and whether it is part of a fenced block."""
    fence = ""
    for line in _lines(source):
        marker = _FENCE.match(line)
        if fence:
            yield line, True
            if marker and marker[1].startswith(fence) and not marker[2].strip():
                fence = ""
        else:
            # A fence of backticks has none in its words: ```x``` on one line is inline code.
            opens = marker and not (marker[1][0] == "`" and "`" in marker[2])
            fence = marker[1] if marker and opens else ""
            yield line, bool(opens)


def _lines(source: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", source)


def _pieces(source: str, *, indented: bool) -> Iterator[tuple[str, bool]]:
    prose: list[str] = []
    blank_before = True
    for line, fenced in lines_with_fences(source):
        if fenced or (indented and blank_before and line.startswith(("    ", "\t")) and line.strip()):
            yield from _spans("".join(prose))
            prose = []
            yield line, True
        else:
            prose.append(line)
            blank_before = not line.strip()
    yield from _spans("".join(prose))


def _spans(text: str) -> Iterator[tuple[str, bool]]:
    """Inline code apart from the rest. A run of backticks closes at the next run of its own length in the same
    paragraph; reading from the right says where that is, so unpartnered runs cost nothing."""
    for paragraph in re.split(r"(\n[ \t]*\n)", text):
        runs = [(run.start(), run.end()) for run in _TICKS.finditer(paragraph)]
        start = index = 0
        partner = _partners(runs)
        while index < len(runs):
            if index in partner:
                end = runs[partner[index]][1]
                yield paragraph[start : runs[index][0]], False
                yield paragraph[runs[index][0] : end], True
                start, index = end, partner[index]
            index += 1
        yield paragraph[start:], False


def _partners(runs: list[tuple[int, int]]) -> dict[int, int]:
    partner: dict[int, int] = {}
    nearest: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        if length in nearest:
            partner[index] = nearest[length]
        nearest[length] = index
    return partner
