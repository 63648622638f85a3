"""The numbers of a line in words: in the language of whoever reads, from what was kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.organization.verdicts import percent as exact_percent
from forum.scorecard.lines import Bound, Plain, State, Unit

_HOUR, _DAY = 60, 24 * 60


def percent(share: Fraction) -> int | Decimal:
    """In per cent: whole from ten on, else with one digit where it is not whole."""
    tenths = exact_percent(share)
    return round(share * 100) if share >= Fraction(1, 10) else tenths


def of(line: Plain) -> Fraction:
    """A line's value: of a share before it was rounded."""
    if line["unit"] == Unit.SHARE and line["n"]:
        return Fraction(line["k"], line["n"])
    return Fraction(str(line["value"]))


def value(line: Plain) -> str:
    """What the line says, or why it says nothing."""
    match State(line["state"]):
        case State.NOT_MEASURED:
            return _("not measured yet")
        case State.NOT_PROMISED:
            return _("not promised")
        case State.SUSPENDED:
            return _("suspended: nobody is in the role")
        case State.TOO_FEW if not line["n"]:
            return _("nothing to count")
        case State.TOO_FEW:
            return _("too few to say (%(k)s of %(n)s)", k=line["k"], n=line["n"])
        case State.WAITING:
            return _("more than half still wait")
    return amount(line["unit"], of(line), exactly=_is_near(line))


def told(name: str, line: Plain, beside: Mapping[str, Plain]) -> str:
    """The same where the line is read among others of its section: that the organization was not needed is no neglect
    of those whom members answered."""
    if name != "first_staff_reply" or line["state"] != State.WAITING:
        return value(line)
    members = beside.get("first_peer_reply")
    if members is not None and members["state"] != State.TOO_FEW and 2 * (members["k"] or 0) > (members["n"] or 0):
        return _("in fewer than half of the topics so far; members replied in most")
    return _("in fewer than half of the topics so far")


def amount(unit: str, number: Fraction, *, exactly: bool = False, short: bool = False) -> str:
    """A value in its unit; `short`: where there is little room."""
    match Unit(unit):
        case Unit.SHARE:
            return _("%(n)s %%", n=exact_percent(number) if exactly else percent(number))
        case Unit.MINUTES:
            return brief(number) if short else duration(number)
        case Unit.PEOPLE:
            return ngettext("%(num)s person", "%(num)s people", int(number))
        case Unit.INDEX:
            return str(_("%(n)s", n=Decimal(round(number * 100)) / 100))
    return str(_("%(n)s", n=int(number)))


def _is_near(line: Plain) -> bool:
    """Whether rounding would make a value look as if it stood on its limit."""
    if line["unit"] != Unit.SHARE or line["limit"] is None or line["value"] == line["limit"]:
        return False
    return percent(of(line)) == percent(Fraction(str(line["limit"])))


def duration(minutes: Fraction) -> str:
    """A time that people wait, in the unit in which one would say it."""
    if minutes < 2 * _HOUR:
        return ngettext("%(num)s minute", "%(num)s minutes", round(minutes))
    if minutes < 2 * _DAY:
        hours, rest = divmod(round(minutes), _HOUR)
        told = ngettext("%(num)s hour", "%(num)s hours", hours)
        return told if not rest else " ".join((told, ngettext("%(num)s minute", "%(num)s minutes", rest)))
    return ngettext("%(num)s day", "%(num)s days", round(minutes / _DAY))


def brief(minutes: Fraction) -> str:
    """The same in short, rounded: on a chart."""
    if minutes < 2 * _HOUR:
        return _("%(n)s min", n=round(minutes))
    if minutes < 2 * _DAY:
        return _("%(n)s h", n=tenth(minutes / _HOUR))
    return _("%(n)s d", n=tenth(minutes / _DAY))


def tenth(number: Fraction) -> int | Decimal:
    """With one digit, where it is not whole."""
    return exact_percent(number / 100)


def basis(line: Plain) -> str:
    """Of how many that is told; empty where there is nothing to divide by, or the value says it."""
    if line["n"] is None or line["state"] == State.TOO_FEW:
        return ""
    match Unit(line["unit"]):
        case Unit.MINUTES:
            return _("%(k)s of %(n)s heard back", k=line["k"], n=line["n"])
        case Unit.PEOPLE:
            return ngettext("of %(num)s post", "of %(num)s posts", line["n"])
        case Unit.INDEX:
            return _("%(n)s posts by %(k)s people", k=line["k"], n=line["n"])
    return _("%(k)s of %(n)s", k=line["k"], n=line["n"])


def limit(line: Plain) -> str:
    """What it allows itself, or owes; empty where nothing is said."""
    if line["limit"] is None:
        return ""
    said = amount(line["unit"], Fraction(str(line["limit"])))
    return _("at most %(limit)s", limit=said) if line["bound"] == Bound.MOST else _("at least %(limit)s", limit=said)


def stands(line: Plain) -> str:
    """On which side of its limit it is."""
    if line["state"] == State.WITHIN:
        return _("within it") if line["bound"] == Bound.MOST else _("reached")
    if line["state"] == State.BEYOND:
        return _("above it") if line["bound"] == Bound.MOST else _("below it")
    return ""
