"""Figures that other capabilities keep: one table. Where nobody counts one yet, it reads "not measured yet"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from forum.moderation.queries import appeals
from forum.organization.charter import Kind
from forum.organization.queries.incidents import incident_use
from forum.organization.rota import ENOUGH_SHIFTS
from forum.posts.queries.shifts import kept_shifts
from forum.recognition.mix import MIN_N, NOT_LATELY, OUTSIDE_TOP
from forum.recognition.queries import posts_with_perks, recognition_spread
from forum.scorecard.lines import Bound, Line, State, Unit, absent, count, share
from forum.stewardship.queries import Uncounted
from forum.stewardship.queries.commitments import ENOUGH, Attainment, attained

Counting = Callable[[Session, datetime, int | None, Uncounted | None], Sequence[Line]]


def _promises(session: Session, at: datetime, board_id: int | None, uncounted: Uncounted | None) -> Sequence[Line]:
    """How each commitment was kept, against how often it was promised to be."""
    found = attained(session, at, board_id=board_id, uncounted=uncounted)
    return [_promise(kind, found.get(kind)) for kind in Kind]


def _promise(kind: Kind, one: Attainment | None) -> Line:
    name = f"promise_{kind}"
    if one is None:
        return absent(name, Unit.SHARE, State.NOT_PROMISED)
    if one.suspended_since is not None:
        return absent(name, Unit.SHARE, State.SUSPENDED)
    return share(name, one.kept, one.settled, ENOUGH, Fraction(one.percentage, 100), Bound.LEAST)


def _shifts(session: Session, at: datetime, _board_id: int | None, _uncounted: Uncounted | None) -> Sequence[Line]:
    """How many shifts of the rota were kept."""
    found = kept_shifts(session, at)
    return [share("kept_shifts", found.kept, found.counted, ENOUGH_SHIFTS)]


def _incidents(session: Session, at: datetime, _board_id: int | None, _uncounted: Uncounted | None) -> Sequence[Line]:
    """How often nobody had to wait, and for how long."""
    used = incident_use(session, at)
    return [count("incidents", used.times), count("incident_hours", used.hours)]


def _recognition(session: Session, at: datetime, _board_id: int | None, _uncounted: Uncounted | None) -> Sequence[Line]:
    """To whom its thanks went, and how much is written by those who have something from it."""
    mix, (perked, posts) = recognition_spread(session, at), posts_with_perks(session, at)
    return [
        share("recognized_anew", mix.not_lately, mix.given, MIN_N, NOT_LATELY, Bound.LEAST),
        share("recognized_beyond_top", mix.outside_top, mix.given, MIN_N, OUTSIDE_TOP, Bound.LEAST),
        share("written_with_perks", perked, posts, ENOUGH_POSTS),
    ]


def _appeals(session: Session, at: datetime, _board_id: int | None, _uncounted: Uncounted | None) -> Sequence[Line]:
    """How often somebody said that a decision of the moderators was wrong."""
    return [count("appeals", appeals.lately(session, at))]


# ── the table ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Source:
    """Lines by name with their unit, and who counts them on a board (None: on all together) before an instant.
    `of_boards`: False where they concern no single board, and stand on none."""

    lines: Mapping[str, Unit]
    counted: Counting | None = None
    of_boards: bool = False


ENOUGH_POSTS = 20
"""Of fewer posts no share is published, as with the share of voice."""

PROMISES = {f"promise_{kind}": Unit.SHARE for kind in Kind}

SOURCES: Sequence[Source] = (
    Source(PROMISES, _promises, of_boards=True),
    Source({"kept_shifts": Unit.SHARE}, _shifts),
    Source({"incidents": Unit.COUNT, "incident_hours": Unit.COUNT}, _incidents),
    Source(dict.fromkeys(("recognized_anew", "recognized_beyond_top", "written_with_perks"), Unit.SHARE), _recognition),
    Source({"appeals": Unit.COUNT}, _appeals),
)


def elsewhere(session: Session, at: datetime, board_id: int | None, uncounted: Uncounted | None) -> Iterator[Line]:
    """All of them, in the order of the table."""
    for source in SOURCES:
        if board_id is not None and not source.of_boards:
            continue
        counted = source.counted(session, at, board_id, uncounted) if source.counted is not None else ()
        found = {line.name: line for line in counted}
        for name, unit in source.lines.items():
            yield found.get(name) or absent(name, unit)
