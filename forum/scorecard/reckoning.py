"""From what was gathered of a week to the lines of its scorecard. Pure.

Boards on which fewer than five peers wrote are counted in the whole and not shown alone: what so few do says nothing
about a board, and something about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import Any

from forum.organization.intents import Intent
from forum.organization.rules import ENOUGH_POSTS
from forum.organization.stages import Position
from forum.scorecard import limits, lines
from forum.scorecard.limits import BOUNDS, Bounded
from forum.scorecard.lines import Bound, Line, Plain
from forum.statements.terms import PledgeState
from forum.stewardship.facts import Facts
from forum.stewardship.figures import Measured
from forum.stewardship.measures import measured

FEWEST_PEERS = 5
Override = tuple[str, str]


@dataclass(frozen=True)
class Kept:
    """What of a board is counted from other rows than its posts. `overrides`: (rule, reason) → so many; `overridden`:
    in so many posts."""

    overrides: Mapping[Override, int] = field(default_factory=dict)
    overridden: int = 0
    pledges: Mapping[PledgeState, int] = field(default_factory=dict)
    official: int = 0
    official_overdue: int = 0
    urgent: int = 0
    pins: int = 0
    removed: int = 0
    held: int = 0


@dataclass(frozen=True)
class OfBoard:
    """A board as it was at the instant. `elsewhere`: lines that other capabilities answer for, where it is shown."""

    id: int
    slug: str
    name: str
    is_for_announcements: bool
    position: Position
    bounded: Bounded
    facts: Facts
    kept: Kept
    elsewhere: Sequence[Line] = ()

    @cached_property
    def measured(self) -> Sequence[Measured]:
        """Every measure of it."""
        return measured(self.facts)

    @property
    def announcements(self) -> int:
        """Topics with which the organization announced something."""
        begun = (post for post in self.facts.recent if post.is_opening and post.is_organizations)
        return sum(self.is_for_announcements or post.intent == Intent.ANNOUNCE for post in begun)


@dataclass(frozen=True)
class Part:
    """The scorecard of a board; or (`board_id` 0) of all together, which alone says what concerns no single board."""

    board_id: int
    slug: str
    name: str
    data: Plain


def peers(facts: Facts) -> int:
    """How many members wrote within the 28 days."""
    return len({post.author_id for post in facts.recent if not post.is_organizations})


def is_shown(facts: Facts) -> bool:
    """Whether a board has a part of its own."""
    return peers(facts) >= FEWEST_PEERS


def parts(everything: Facts, boards: Sequence[OfBoard], whole: Sequence[Line], extra: Plain) -> Sequence[Part]:
    """All parts of a scorecard, the whole first. `whole`: its lines that others answer for; `extra`: what it adds."""
    shown = _shown_alone(boards)
    alone = [Part(board.id, board.slug, board.name, _of_board(board)) for board in shown]
    return [Part(0, "", "", _of_all(everything, boards, whole, {**extra, **_rolled(boards, shown)})), *alone]


def _shown_alone(boards: Sequence[OfBoard]) -> Sequence[OfBoard]:
    """Where one small board alone is left out, it could be had by taking the others from the whole: so the smallest of
    the others is left out, too."""
    shown = [board for board in boards if is_shown(board.facts)]
    small = [board for board in boards if board.facts.recent and not is_shown(board.facts)]
    if len(small) != 1 or not shown:
        return shown
    least = min(shown, key=lambda board: (peers(board.facts), len(board.facts.recent), board.id))
    return [board for board in shown if board is not least]


def _rolled(boards: Sequence[OfBoard], shown: Sequence[OfBoard]) -> dict[str, Any]:
    return {"boards": len(boards), "boards_shown": len(shown)}


def _of_board(board: OfBoard) -> Plain:
    return {
        "peers": peers(board.facts),
        "posts": len(board.facts.recent),
        "stage": str(board.position.stage),
        "since": _day(board.position.since),
        "overrides": _overrides(board.kept.overrides),
        "lines": _plain([*_measures(board.measured, board.bounded.shares), *_restraint([board]), *board.elsewhere]),
    }


def _of_all(everything: Facts, boards: Sequence[OfBoard], whole: Sequence[Line], extra: Plain) -> Plain:
    return {
        "peers": peers(everything),
        "posts": len(everything.recent),
        "stage": None,
        "since": None,
        "overrides": _overrides(_summed(board.kept.overrides for board in boards)),
        "lines": _plain([*_measures(measured(everything), _limits_together(boards)), *_restraint(boards), *whole]),
        **extra,
    }


def _plain(found: Sequence[Line]) -> Plain:
    return {line.name: line.plain() for line in found}


def _day(at: datetime | None) -> str | None:
    return None if at is None else at.date().isoformat()


# ── the measures ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _measures(found: Sequence[Measured], shares: Mapping[str, Fraction | None]) -> Sequence[Line]:
    return [
        lines.of_measure(one, shares.get(one.measure.name), BOUNDS.get(one.measure.name, Bound.NONE)) for one in found
    ]


def _limits_together(boards: Sequence[OfBoard]) -> Mapping[str, Fraction | None]:
    figures = {board.id: {one.measure.name: one.figure for one in board.measured} for board in boards}
    return {
        name: limits.together((board.bounded.shares[name], figures[board.id][name].n) for board in boards)
        for name in BOUNDS
    }


# ── how the organization held back ────────────────────────────────────────────────────────────────────────────────────


def _restraint(boards: Sequence[OfBoard]) -> Sequence[Line]:
    """What is added up over boards as it is."""
    ours = sum(sum(post.is_organizations for post in board.facts.recent) for board in boards)
    passed = sum(board.kept.overridden for board in boards)
    pledges = {state: sum(board.kept.pledges.get(state, 0) for board in boards) for state in PledgeState}
    return [
        lines.share("overrides", passed, max(ours, passed), ENOUGH_POSTS, limits.MOST_OVERRIDES, Bound.MOST),
        lines.count("urgent_marks", sum(board.kept.urgent for board in boards)),
        lines.count(
            "announcements",
            sum(board.announcements for board in boards),
            _budget((board.announcements, board.bounded.announcements) for board in boards),
        ),
        lines.count(
            "pins",
            sum(board.kept.pins for board in boards),
            _budget((board.kept.pins, board.bounded.pins) for board in boards),
        ),
        *(lines.count(f"pledges_{state}", number) for state, number in pledges.items()),
        lines.share(
            "official_overdue",
            sum(board.kept.official_overdue for board in boards),
            sum(board.kept.official for board in boards),
            1,
        ),
        lines.count("posts_removed", sum(board.kept.removed for board in boards)),
        lines.count("posts_held", sum(board.kept.held for board in boards)),
    ]


def _budget(used: Iterable[tuple[int, int]]) -> int | None:
    """What the boards allow on which anything of it was used: the others' would only make room that is not theirs."""
    return sum(budget for number, budget in used if number) or None


def _summed(counts: Iterable[Mapping[Override, int]]) -> Mapping[Override, int]:
    found: dict[Override, int] = {}
    for one in counts:
        for key, number in one.items():
            found[key] = found.get(key, 0) + number
    return found


def _overrides(counts: Mapping[Override, int]) -> Sequence[Plain]:
    """By rule and reason, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"rule": rule, "reason": reason, "count": number} for (rule, reason), number in ordered]
