"""What a scorecard that was reckoned anew says otherwise than the version before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from forum.scorecard.lines import Plain

COMPARED = ("k", "n", "value", "limit", "state", "version")


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of a board ("" and "": of all together) before and after; None: it was not there."""

    slug: str
    name: str
    measure: str
    before: Plain | None
    after: Plain | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A part as it is compared."""

    board_id: int
    slug: str
    name: str
    data: Plain


def differences(before: Iterable[Compared], after: Iterable[Compared]) -> Sequence[Difference]:
    """Every line that differs, in the order in which a reader meets them; nothing where all is as it was."""
    old, new = {part.board_id: part for part in before}, {part.board_id: part for part in after}
    found: list[Difference] = []
    for board_id in [*new, *(id_ for id_ in old if id_ not in new)]:
        part, was, now = new.get(board_id) or old[board_id], _lines(old.get(board_id)), _lines(new.get(board_id))
        found.extend(
            Difference(part.slug, part.name, measure, was.get(measure), now.get(measure))
            for measure in [*now, *(name for name in was if name not in now)]
            if _says(was.get(measure)) != _says(now.get(measure))
        )
    return found


def _lines(part: Compared | None) -> Mapping[str, Plain]:
    return part.data["lines"] if part is not None else {}


def _says(line: Plain | None) -> Sequence[object]:
    return [line[key] for key in COMPARED] if line is not None else ()
