"""The filters as a form: what a line of operators says, in fields; both write the same line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from forum.search import operators
from forum.search.operators import Asked


def filled(line: str, given: Mapping[str, str]) -> Asked:
    """The line with what the fields say; a field left empty takes its part out of the line."""
    asked = operators.parse(line)

    def chosen(name: str, choices: tuple[str, ...]) -> str:
        return value if (value := given.get(name, "")) in choices else ""

    def one(name: str) -> tuple[str, ...]:
        return (value,) if (value := " ".join(given.get(name, "").split())) else ()

    return replace(
        asked,
        boards=one("board"),
        authors=tuple(name.lstrip("@") for name in one("author")),
        states=tuple(filter(None, [chosen("status", operators.STATES)])),
        places=tuple(filter(None, [chosen("place", operators.PLACES)])),
        has=tuple(filter(None, [chosen("has", operators.HOLDINGS)])),
        by=chosen("by", operators.SIDES),
        after=operators.dated(given.get("after", "")),
        before=operators.dated(given.get("before", "")),
        order=chosen("order", operators.ORDERS),
    )
