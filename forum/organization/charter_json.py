"""A charter as JSON and back. What does not fit is refused in words that name the place: nothing is guessed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from forum.core.errors import Invalid
from forum.core.words import gettext as _
from forum.core.zones import is_time_zone
from forum.organization.charter import Answer, Changes, Charter, Clock, Commitment, Kind, Question, Staffed, Stand
from forum.organization.dials import DIALS
from forum.organization.hours import Hours
from forum.organization.stages import Stage
from forum.permissions import Role

Json = Mapping[str, Any]
_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


def to_json(charter: Charter) -> dict[str, Any]:
    """As it is kept: names of people and boards are their ids."""
    return {
        "answers": {
            str(key): {"stand": str(one.stand), "sentence": one.sentence} for key, one in charter.answers.items()
        },
        "roles": {
            str(role): {"primary": one.primary, "backup": one.backup, "hours": one.hours}
            for role, one in charter.roles.items()
        },
        "commitments": {
            str(kind): {"hours": one.hours, "clock": str(one.clock), "percentage": one.percentage}
            for kind, one in charter.commitments.items()
        },
        "service": {
            "zone": charter.service.zone.key,
            "week": {
                str(day): [clock.isoformat(timespec="minutes") for clock in hours]
                for day, hours in sorted(charter.service.week.items())
            },
            "holidays": sorted(day.isoformat() for day in charter.service.holidays),
        },
        "will_not": list(charter.will_not),
        "limits": _changes_out(charter.limits),
        "boards": {str(board_id): _changes_out(changes) for board_id, changes in charter.boards.items()},
        "review_by": charter.review_by.isoformat(),
    }


def from_json(data: object) -> Charter:
    """The charter that was written; Invalid where something is missing, unknown, or of another kind."""
    keys = {"answers", "roles", "commitments", "service", "will_not", "limits", "boards", "review_by"}
    said = _object(data, "charter", keys)
    return Charter(
        answers=_by(Question, said["answers"], "answers", _answer),
        roles=_by(Role, said["roles"], "roles", _staffed),
        commitments=_by(Kind, said["commitments"], "commitments", _commitment),
        service=_service(said["service"]),
        will_not=tuple(_text(one, "will_not") for one in _list(said["will_not"], "will_not")),
        limits=_changes(said["limits"], "limits"),
        boards={
            _digits(key, "boards"): _changes(value, f"boards.{key}")
            for key, value in _object(said["boards"], "boards").items()
        },
        review_by=_date(said["review_by"], "review_by"),
    )


def _changes_out(changes: Changes) -> dict[str, dict[str, int]]:
    return {str(stage): dict(dials) for stage, dials in changes.items()}


# ── in ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _answer(value: object, where: str) -> Answer:
    said = _object(value, where, {"stand", "sentence"})
    return Answer(_one_of(Stand, said["stand"], f"{where}.stand"), _text(said["sentence"], f"{where}.sentence"))


def _staffed(value: object, where: str) -> Staffed:
    said = _object(value, where, {"primary", "backup", "hours"})
    return Staffed(**{key: _number(one, f"{where}.{key}") for key, one in said.items()})


def _commitment(value: object, where: str) -> Commitment:
    said = _object(value, where, {"hours", "clock", "percentage"})
    return Commitment(
        hours=_number(said["hours"], f"{where}.hours"),
        clock=_one_of(Clock, said["clock"], f"{where}.clock"),
        percentage=_number(said["percentage"], f"{where}.percentage"),
    )


def _service(value: object) -> Hours:
    said = _object(value, "service", {"zone", "week", "holidays"})
    zone = _text(said["zone"], "service.zone")
    if not is_time_zone(zone):
        raise Invalid(_("%(where)s: there is no such time zone.", where="service.zone"))
    week = {}
    for key, hours in _object(said["week"], "service.week", optional={str(day) for day in range(7)}).items():
        clocks = _list(hours, f"service.week.{key}")
        if len(clocks) != 2:
            raise _unfit(f"service.week.{key}")
        week[int(key)] = (_time(clocks[0], f"service.week.{key}"), _time(clocks[1], f"service.week.{key}"))
    holidays = frozenset(_date(day, "service.holidays") for day in _list(said["holidays"], "service.holidays"))
    return Hours(ZoneInfo(zone), week, holidays)


def _changes(value: object, where: str) -> Changes:
    return _by(Stage, value, where, _dials)


def _dials(value: object, where: str) -> Mapping[str, int]:
    return {key: _number(one, f"{where}.{key}") for key, one in _object(value, where, optional=set(DIALS)).items()}


# ── kinds of values ───────────────────────────────────────────────────────────────────────────────────────────────────


def _by(keys: type[_E], value: object, where: str, read: Callable[[object, str], _T]) -> dict[_E, _T]:
    said = _object(value, where, optional={str(key) for key in keys})
    return {keys(key): read(one, f"{where}.{key}") for key, one in said.items()}


def _object(value: object, where: str, needed: set[str] | None = None, optional: set[str] | None = None) -> Json:
    """Names and values. With neither set any name is welcome."""
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise _unfit(where)
    if needed is None and optional is None:
        return value
    known, given = (needed or set()) | (optional or set()), set(value)
    if unknown := sorted(given - known):
        raise Invalid(_("%(where)s: “%(name)s” is not known here.", where=where, name=unknown[0]))
    if missing := sorted((needed or set()) - given):
        raise Invalid(_("%(where)s: “%(name)s” is missing.", where=where, name=missing[0]))
    return value


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise _unfit(where)
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise _unfit(where)
    return value


def _number(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _unfit(where)
    return value


def _digits(value: str, where: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 10 and str(int(value)) == value):
        raise _unfit(where)
    return int(value)


def _one_of(kinds: type[_E], value: object, where: str) -> _E:
    if not isinstance(value, str) or value not in set(kinds):
        raise _unfit(where)
    return kinds(value)


def _date(value: object, where: str) -> date:
    text = _text(value, where)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _unfit(where) from None
    if day.isoformat() != text:
        raise _unfit(where)
    return day


def _time(value: object, where: str) -> time:
    text = _text(value, where)
    try:
        clock = time.fromisoformat(text)
    except ValueError:
        raise _unfit(where) from None
    if clock.isoformat(timespec="minutes") != text:
        raise _unfit(where)
    return clock


def _unfit(where: str) -> Invalid:
    return Invalid(_("%(where)s: this is not what stands here in a charter.", where=where))
