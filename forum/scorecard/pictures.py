"""The charts of a scorecard: which lines each shows, where its marks stand, and all words on it and about it.

Every picture has a title, a description that says the same to those who do not see it, and a table beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from forum.core.words import gettext as _
from forum.organization import wording
from forum.scorecard import charts, said
from forum.scorecard.elsewhere import PROMISES
from forum.scorecard.lines import Plain, Unit
from forum.scorecard.queries import Past
from forum.scorecard.sections import title

OURS, MEMBERS, ALL, ASIDE = "ours", "members", "all", "aside"
"""Whose mark it is: told by its shape and its words as well, never by the colour alone."""

_TONES: Mapping[str, str] = {
    **dict.fromkeys(("share_of_voice", "word_share", "staff_started", "staff_first_rate", "first_staff_reply"), OURS),
    **dict.fromkeys(("newcomer_return_after_staff", "hub_share", "overrides"), OURS),
    **dict.fromkeys(("peer_answer_rate", "first_peer_reply", "newcomer_return_after_peer", "reciprocity"), MEMBERS),
    **dict.fromkeys(("top_share", "recognized_anew", "recognized_beyond_top"), MEMBERS),
    **dict.fromkeys(("naive_first_reply", "newcomer_return_unanswered"), ASIDE),
}
_BARS: Mapping[str, Sequence[str]] = {
    "first": ("peer_answer_rate", "staff_first_rate"),
    "waiting": ("first_human_reply", "first_peer_reply", "first_staff_reply", "naive_first_reply"),
    "newcomers": (
        "newcomer_first_reply",
        "newcomer_return_after_peer",
        "newcomer_return_after_staff",
        "newcomer_return_unanswered",
    ),
    "network": ("hub_share", "reciprocity", "top_share"),
    "recognition": ("recognized_anew", "recognized_beyond_top"),
}
_TRENDS: Mapping[str, Sequence[str]] = {
    "voice": ("share_of_voice",),
    "first": ("peer_answer_rate", "staff_first_rate"),
    "waiting": ("first_human_reply",),
}
PROMISED = (*PROMISES, "kept_shifts")
_SHARE_TOPS = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
_MINUTE_TOPS = (60, 120, 240, 480, 720, 1440, 2880, 5760, 10080, 20160, 40320)


@dataclass(frozen=True)
class DotsPicture:
    """A hundred contributions, the organization's marked."""

    id: str
    title: str
    description: str
    dots: charts.Dots
    ours: str
    peers: str
    limit: str
    kind: str = "dots"


@dataclass(frozen=True)
class BarRow:
    """A bar with its words."""

    bar: charts.Bar
    label: str
    value: str
    limit: str
    tone: str


@dataclass(frozen=True)
class BarsPicture:
    """Bars below each other."""

    id: str
    title: str
    description: str
    rows: Sequence[BarRow]
    height: int
    kind: str = "bars"


@dataclass(frozen=True)
class Named:
    """A line through the weeks with its name, and the words of its limit."""

    course: charts.Course
    limits: Sequence[Sequence[charts.Point]]
    name: str
    value: str
    limit: str
    tone: str


@dataclass(frozen=True)
class TrendPicture:
    """The weeks until this one; `rows`: the same as a table, week by week."""

    id: str
    title: str
    description: str
    lines: Sequence[Named]
    grid: Sequence[tuple[float, str]]
    first: date
    last: date
    rows: Sequence[tuple[date, Sequence[str]]] = field(default_factory=tuple)
    kind: str = "trend"


Picture = DotsPicture | BarsPicture | TrendPicture


def pictures(section: str, part: Plain, trend: Sequence[Past]) -> Sequence[Picture]:
    """Those of a section, as far as there is something to see."""
    lines: Mapping[str, Plain] = part["lines"]
    names = _BARS.get(section) or _promised(section, lines)
    found = (
        _dots(lines["share_of_voice"]) if section == "voice" else None,
        _bars(section, [name for name in names if name in lines and lines[name]["value"] is not None], lines),
        _overrides(part["overrides"]) if section == "restraint" else None,
        _trend(section, _TRENDS[section], trend) if section in _TRENDS else None,
    )
    return [picture for picture in found if picture is not None]


def _promised(section: str, lines: Mapping[str, Plain]) -> Sequence[str]:
    """Promises and shifts are shares of the same kind."""
    return [name for name in lines if name in PROMISED] if section == "promises" else ()


def _dots(line: Plain) -> DotsPicture | None:
    if line["value"] is None:
        return None
    ours, limit = _of_hundred(line["value"]), line["limit"]
    most = _of_hundred(limit) if limit is not None else None
    about = [_("Of 100 contributions %(n)s are the organization’s.", n=ours)]
    if most is not None:
        about.append(_("The most it allows itself is %(n)s.", n=most))
    return DotsPicture(
        "voice-dots",
        _("Of 100 contributions"),
        " ".join(about),
        charts.dots(ours, most),
        _("%(n)s by the organization", n=ours),
        _("%(n)s by members", n=100 - ours),
        _("at most %(limit)s", limit=most) if most is not None else "",
    )


def _of_hundred(share: float) -> int:
    return min(100, max(0, round(share * 100)))


def _bars(section: str, names: Sequence[str], lines: Mapping[str, Plain]) -> BarsPicture | None:
    if not names:
        return None
    shown = [lines[name] for name in names]
    top = 1.0 if shown[0]["unit"] == Unit.SHARE else max(line["value"] for line in shown)
    drawn = charts.bars([(line["value"], line["limit"]) for line in shown], top)
    rows = [
        BarRow(bar, title(name), _short(line), said.limit(line), _TONES.get(name, ALL))
        for bar, name, line in zip(drawn, names, shown, strict=True)
    ]
    return _bars_of(f"{section}-bars", _("These four weeks"), rows)


def _short(line: Plain) -> str:
    return said.amount(line["unit"], said.of(line), short=True)


def _bars_of(id_: str, heading: str, rows: Sequence[BarRow]) -> BarsPicture:
    told = (f"{row.label}: {row.value}" + (f" ({row.limit})" if row.limit else "") for row in rows)
    return BarsPicture(id_, heading, "; ".join(told) + ".", rows, charts.bars_height(len(rows)))


def _overrides(counts: Sequence[Plain]) -> BarsPicture | None:
    """Why, whatever the rule was; the table beside it tells both."""
    reasons: Counter[str] = Counter()
    for one in counts:
        reasons[one["reason"]] += one["count"]
    ordered = reasons.most_common()
    drawn = charts.bars([(number, None) for _reason, number in ordered], ordered[0][1] if ordered else 0)
    rows = [
        BarRow(bar, wording.reason(reason), str(number), "", OURS)
        for bar, (reason, number) in zip(drawn, ordered, strict=True)
    ]
    return _bars_of("restraint-bars", _("Why limits were passed over"), rows) if rows else None


# ── through the weeks ─────────────────────────────────────────────────────────────────────────────────────────────────


def _trend(section: str, names: Sequence[str], trend: Sequence[Past]) -> TrendPicture | None:
    series = [[_given(past, name) for past in trend] for name in names]
    numbers = [
        number for givens in series for given in givens for number in (given.value, given.limit) if number is not None
    ]
    unit = trend[-1].lines[names[0]]["unit"] if trend else Unit.SHARE
    top = charts.nice_top(numbers, _SHARE_TOPS if unit == Unit.SHARE else _MINUTE_TOPS)
    drawn = charts.trend(series, top)
    if drawn is None or not any(course.pieces for course in drawn.courses):
        return None
    last = trend[-1].lines
    lines = [
        Named(course, limits, title(name), _called(course, unit), said.limit(last[name]), _TONES.get(name, ALL))
        for name, course, limits in zip(names, drawn.courses, drawn.limits, strict=True)
    ]
    return TrendPicture(
        f"{section}-trend",
        _("Week by week"),
        " ".join(_told(line, unit) for line in lines),
        lines,
        [(y, said.amount(unit, Fraction(str(value)), short=True) if value else "0") for y, value in drawn.grid],
        drawn.first,
        drawn.last,
        [(past.week, [_cell(past, name) for name in names]) for past in reversed(trend)],
    )


def _cell(past: Past, name: str) -> str:
    return said.value(past.lines[name]) if name in past.lines else "–"


def _given(past: Past, name: str) -> charts.Given:
    line = past.lines.get(name)
    if line is None:
        return charts.Given(past.week, None)
    return charts.Given(past.week, line["value"], line["limit"], line["version"])


def _called(course: charts.Course, unit: str) -> str:
    return said.amount(unit, Fraction(str(course.last.value)), short=True) if course.last is not None else ""


def _told(line: Named, unit: str) -> str:
    points = [point for piece in line.course.pieces for point in piece]
    if not points:
        return _("%(what)s: too few to say.", what=line.name)
    first, last = points[0], points[-1]
    about = _(
        "%(what)s: from %(then)s on %(first)s to %(now)s on %(last)s.",
        what=line.name,
        then=said.amount(unit, Fraction(str(first.value))),
        first=first.week,
        now=said.amount(unit, Fraction(str(last.value))),
        last=last.week,
    )
    limit = _("The limit: %(limit)s.", limit=line.limit) if line.limit else ""
    return f"{about} {limit}".rstrip()
