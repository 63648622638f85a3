"""Tables as forums write them: a row, a row of dashes, rows."""

import re
from xml.etree.ElementTree import Element, SubElement

_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BAR = re.compile(r"\\.|`+|\|")
MOST_CELLS = 4_000
"""Rows are filled up to the width of the head; a table of more cells than this is cut to it."""


def is_table_start(head: str, delimiters: str) -> bool:
    """True when `delimiters` is a row of dashes with as many cells as `head`."""
    if "|" not in head or "-" not in delimiters or not _DELIMITERS.match(delimiters):
        return False
    return len(cells(head)) == len(cells(delimiters))


def cells(row: str) -> list[str]:
    """The cells of a row. A bar after a backslash does not divide."""
    text = row.strip()
    text = text.removeprefix("|")
    found: list[str] = []
    start = 0
    for mark in _BAR.finditer(text):
        if mark[0] == "|":
            found.append(text[start : mark.start()])
            start = mark.end()
    if text[start:].strip() or not found:
        found.append(text[start:])
    return [cell.strip().replace("\\|", "|") for cell in found]


def add_table(parent: Element, lines: list[str]) -> list[tuple[Element, str]]:
    """Add the table to `parent`; gives the cells with their text, for the caller to fill in."""
    filled: list[tuple[Element, str]] = []
    alignments = [_alignment(cell) for cell in cells(lines[1])]
    table = SubElement(parent, "table")
    _add_row(SubElement(table, "thead"), "th", cells(lines[0]), alignments, filled)
    rows = lines[2 : 2 + MOST_CELLS // len(alignments)]
    body = SubElement(table, "tbody") if rows else table
    for row in rows:
        _add_row(body, "td", cells(row), alignments, filled)
    return filled


def _add_row(
    parent: Element, tag: str, texts: list[str], alignments: list[str], filled: list[tuple[Element, str]]
) -> None:
    row = SubElement(parent, "tr")
    for index, alignment in enumerate(alignments):
        cell = SubElement(row, tag)
        if alignment:
            cell.set("class", f"align-{alignment}")
        if index < len(texts):
            filled.append((cell, texts[index]))


def _alignment(delimiter: str) -> str:
    match delimiter.startswith(":"), delimiter.endswith(":"):
        case True, True:
            return "center"
        case True, False:
            return "left"
        case False, True:
            return "right"
    return ""
