"""What a form asks beside title and text, and how what was typed is read. Pure; the kinds' table is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from forum.core.lines import one_line
from forum.core.moments import read_moment
from forum.core.words import gettext as _
from forum.core.zones import is_time_zone


class Input(StrEnum):
    """How a field is asked for."""

    LINE = "line"
    TEXT = "text"  # several lines, plain
    TICK = "tick"
    DATE = "date"  # YYYY-MM-DD
    MOMENT = "moment"  # YYYY-MM-DDTHH:MM, as clocks show it in the zone that the same form asks for
    ZONE = "zone"
    COUNT = "count"  # a whole number ≥ 1
    YES_NO = "yes_no"  # neither until somebody says
    PERSON = "person"  # the name of an account; whether there is one, the verb says


# More than any name has: what is longer finds nobody.
LONGEST_NAME = 60
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing the form asks. `longest` counts characters, or is the largest COUNT. `on_demand`: only where a board
    asks for it. `yes`, `no`: what the answers of a YES_NO say."""

    key: str
    label: str
    input: Input
    help: str = ""
    required: bool = False
    longest: int = 0
    on_demand: bool = False
    yes: str = ""
    no: str = ""


def read(field: Field, typed: str) -> tuple[str, Any]:
    """A sentence where the text does not do, else the value; None: nothing to keep."""
    if not typed:
        needed = field.required and field.input is not Input.TICK
        return (_("“%(field)s” needs an answer.", field=field.label) if needed else ""), None
    return _READERS[field.input](field, typed)


def _line(field: Field, typed: str) -> tuple[str, Any]:
    text = typed if field.input is Input.TEXT else one_line(typed)
    if "\0" in typed:
        return _("There is an invisible character in this text. Type it anew."), None
    if not text:  # of what was typed, nothing can be seen
        return read(field, "")
    if len(text) > field.longest:
        return _("At most %(n)s characters; these are %(len)s.", n=field.longest, len=len(text)), None
    return "", text


def _tick(_field: Field, _typed: str) -> tuple[str, Any]:
    return "", True


def _yes_no(field: Field, typed: str) -> tuple[str, Any]:
    return ("", typed) if typed in (YES, NO) else (_("“%(field)s” needs an answer.", field=field.label), None)


def _date(_field: Field, typed: str) -> tuple[str, Any]:
    try:
        return "", date.fromisoformat(typed).isoformat()
    except ValueError:
        return _("Write the date as year-month-day, such as 2027-03-31."), None


def _moment(_field: Field, typed: str) -> tuple[str, Any]:
    moment = read_moment(typed)
    if moment is None:
        return _("Write date and time as year-month-day and hours:minutes, such as 2027-03-31 19:30."), None
    return "", moment


def _person(_field: Field, typed: str) -> tuple[str, Any]:
    name = " ".join(typed.replace("\0", " ").split()).lstrip("@ ")[:LONGEST_NAME].strip()
    return "", name or None


def _zone(_field: Field, typed: str) -> tuple[str, Any]:
    if not is_time_zone(typed):
        return _("There is no time zone of this name. Choose one from the list."), None
    return "", typed


def _count(field: Field, typed: str) -> tuple[str, Any]:
    # What is longer is none of ours, and Python refuses to read thousands of digits.
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10 and 1 <= int(typed) <= field.longest):
        return _("Write a whole number from 1 to %(n)s, or nothing.", n=field.longest), None
    return "", int(typed)


_READERS = {
    Input.LINE: _line,
    Input.TEXT: _line,
    Input.TICK: _tick,
    Input.DATE: _date,
    Input.MOMENT: _moment,
    Input.ZONE: _zone,
    Input.COUNT: _count,
    Input.PERSON: _person,
    Input.YES_NO: _yes_no,
}
