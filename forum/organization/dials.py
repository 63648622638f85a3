"""What a charter may say otherwise about the limits of a stage: one whole number a dial (`organization.md` §3.2). Pure.

Each dial knows which way is tighter for the organization, how far it turns, and where it stands when a figure is only
reported. Shares are per cent, times are hours or days, as one types and reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from forum.core.words import gettext as _
from forum.core.words import mark, ngettext
from forum.organization.stages import Limits

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Unit(StrEnum):
    """What a dial counts."""

    HOURS = "hours"
    DAYS = "days"
    PERCENT = "percent"
    PART = "part"
    COUNT = "count"
    LEVEL = "level"


@dataclass(frozen=True)
class Dial:
    """A number of `Limits`. `off`: where it only reports. `more_is_tighter`: for the organization, that is."""

    key: str
    name: str
    means: str
    unit: Unit
    least: int
    most: int
    read: Callable[[Limits], int]
    turn: Callable[[Limits, int], Limits]
    more_is_tighter: bool = False
    off: int | None = None

    def is_looser(self, before: int, after: int) -> bool:
        """Whether the organization may do more than before."""
        return after < before if self.more_is_tighter else after > before

    @property
    def span(self) -> str:
        """How far it turns, in words."""
        if self.unit is Unit.LEVEL:
            return "; ".join(f"{level}: {_(said)}" for level, said in LEVELS.items())
        said = _("From %(least)s to %(most)s.", least=self.least, most=self.most)
        if self.off is None:
            return said
        return " ".join((said, _("%(n)s: only reported.", n=self.off)))

    def said(self, value: int) -> str:
        """The value in words."""
        if value == self.off:
            return _("only reported")
        if self.unit is Unit.HOURS:
            return ngettext("%(num)s hour", "%(num)s hours", value)
        if self.unit is Unit.DAYS:
            return ngettext("%(num)s day", "%(num)s days", value)
        if self.unit is Unit.PERCENT:
            return _("%(n)s %%", n=value)
        if self.unit is Unit.PART:
            return _("1 in %(n)s", n=value)
        return _(LEVELS[value]) if self.unit is Unit.LEVEL else str(value)


LEVELS: Mapping[int, str] = {
    1: mark("advice only"),
    2: mark("wait, or give a reason in public"),
    3: mark("wait, or ask a host"),
}


def _percent(share: Decimal | None, off: int = 0) -> int:
    return off if share is None else int(share * 100)


def _share(value: int, off: int | None = None) -> Decimal | None:
    return None if value == off else Decimal(value) / 100


def _ceiling(value: int) -> Decimal:
    return Decimal(value) / 100


_ALL = (
    Dial(
        "wall", mark("The first word"),
        mark("For so long after a question only members answer it; welcomes and questions back are free."),
        Unit.HOURS, 0, 96, lambda of: of.wall // HOUR, lambda of, n: replace(of, wall=n * HOUR), more_is_tighter=True,
    ),
    Dial(
        "awake", mark("The first word, in waking hours"),
        mark("It lasts until so many hours of it were hours at which people are awake."),
        Unit.HOURS, 0, 40, lambda of: of.awake // HOUR, lambda of, n: replace(of, awake=n * HOUR), more_is_tighter=True,
    ),
    Dial(
        "newcomer_wall", mark("The first word for a newcomer’s first topic"),
        mark("Shorter, so that nobody who is new waits long."),
        Unit.HOURS, 0, 96, lambda of: of.newcomer_wall // HOUR, lambda of, n: replace(of, newcomer_wall=n * HOUR),
        more_is_tighter=True,
    ),
    Dial(
        "newcomer_awake", mark("A newcomer’s first topic, in waking hours"),
        mark("As above, for them."),
        Unit.HOURS, 0, 40, lambda of: of.newcomer_awake // HOUR, lambda of, n: replace(of, newcomer_awake=n * HOUR),
        more_is_tighter=True,
    ),
    Dial(
        "voice", mark("Our share of the posts"),
        mark("At most so much of what is written on a board in 28 days is ours."),
        Unit.PERCENT, 1, 90, lambda of: _percent(of.voice), lambda of, n: replace(of, voice=_ceiling(n)),
    ),
    Dial(
        "staff_first", mark("Topics that we answer first"),
        mark("In at most so many the first answer is ours; above it we wait longer for a month."),
        Unit.PERCENT, 1, 100, lambda of: _percent(of.staff_first, 100),
        lambda of, n: replace(of, staff_first=_share(n, 100)), off=100,
    ),
    Dial(
        "peer_answers", mark("Topics that members answer"),
        mark("At least so many get a member’s reply within 7 days; below it we plan something that helps."),
        Unit.PERCENT, 0, 100, lambda of: _percent(of.peer_answers),
        lambda of, n: replace(of, peer_answers=_share(n, 0)), more_is_tighter=True, off=0,
    ),
    Dial(
        "staff_started", mark("Topics that we begin"),
        mark("At most so many of a board’s new topics are ours."),
        Unit.PERCENT, 1, 90, lambda of: _percent(of.staff_started),
        lambda of, n: replace(of, staff_started=_ceiling(n)),
    ),
    Dial(
        "in_topic", mark("Our share inside one topic"),
        mark("Once three members write in it, at most so many of its replies are ours."),
        Unit.PART, 2, 10, lambda of: of.in_topic.denominator, lambda of, n: replace(of, in_topic=Fraction(1, n)),
        more_is_tighter=True,
    ),
    Dial(
        "announcements", mark("Announcements in 28 days"),
        mark("At most so many topics that announce something, on each board."),
        Unit.COUNT, 0, 20, lambda of: of.announcements, lambda of, n: replace(of, announcements=n),
    ),
    Dial(
        "pins", mark("Our pins at once"),
        mark("Whoever would pin one more takes another down."),
        Unit.COUNT, 0, 2, lambda of: of.pins, lambda of, n: replace(of, pins=n),
    ),
    Dial(
        "pin_days", mark("Our longest pin"),
        mark("Then it comes down by itself."),
        Unit.DAYS, 1, 30, lambda of: of.pin_days, lambda of, n: replace(of, pin_days=n),
    ),
    Dial(
        "seeds", mark("Conversations that we begin on purpose"),
        mark("At most so many within the days of the next line; each ends in a question."),
        Unit.COUNT, 0, 10, lambda of: of.seeds[0], lambda of, n: replace(of, seeds=(n, of.seeds[1])),
    ),
    Dial(
        "seed_days", mark("Days for conversations begun on purpose"),
        mark("The days in which these are counted."),
        Unit.DAYS, 7, 28, lambda of: of.seeds[1] // DAY, lambda of, n: replace(of, seeds=(of.seeds[0], n * DAY)),
        more_is_tighter=True,
    ),
    Dial(
        "hardest", mark("What happens to an answer above a limit"),
        mark("How hard the limits on answers and topics may hold somebody of ours."),
        Unit.LEVEL, 1, 3, lambda of: of.hardest, lambda of, n: replace(of, hardest=n), more_is_tighter=True,
    ),
)  # fmt: skip

DIALS: Mapping[str, Dial] = {dial.key: dial for dial in _ALL}
