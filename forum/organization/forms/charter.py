"""The charter as a form: every part of it a plain field, so that a mistake is said beside what it is about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField

from forum.core.lines import one_line
from forum.core.web.forms import Form, row_id
from forum.core.web.typed import typed_number
from forum.core.words import gettext as _
from forum.core.zones import is_time_zone, time_zones
from forum.organization import charter_words as words
from forum.organization import wording
from forum.organization.charter import (
    UNWRITTEN,
    USUAL,
    Answer,
    Changes,
    Charter,
    Clock,
    Commitment,
    Kind,
    Question,
    Staffed,
    Stand,
    only_changes,
)
from forum.organization.charter_json import to_json
from forum.organization.dials import DIALS
from forum.organization.hours import Hours
from forum.organization.models import LONGEST_NOTE
from forum.organization.refusals import LONGEST_SENTENCE
from forum.organization.stages import Stage
from forum.permissions import Role

_PLAIN = {"autocomplete": "off", "maxlength": LONGEST_SENTENCE}
_COUNT = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 4, "size": 4}
DAYS = range(7)
TOO_LARGE = 10**9
"""What a number of more digits than any of ours is taken for."""


class CharterForm(Form):
    """What every charter has, whichever boards have limits of their own."""

    base = HiddenField()
    seen = HiddenField()
    zone = SelectField(_l("Time zone"), validate_choice=False)
    holidays = TextAreaField(
        _l("Holidays"),
        description=_l("One day a line, as in 2026-12-25. Neither our hours nor the waking hours of members run then."),
        render_kw={"rows": 4, "class": "input", "autocomplete": "off"},
    )
    will_not = TextAreaField(
        _l("What we will not do"),
        description=_l("One sentence a line."),
        render_kw={"rows": 6, "class": "input"},
    )
    review_by = StringField(_l("Looked at again by"), render_kw={"type": "date"})
    decision = SelectField(
        _l("Decision behind it"),
        description=_l("Needed where something is looser than before."),
        coerce=row_id,
        validate_choice=False,
    )
    note = StringField(
        _l("What changes, and why"),
        description=_l("For everybody to read, beside the version."),
        render_kw={"maxlength": LONGEST_NOTE, "autocomplete": "off"},
    )
    add_board = SelectField(_l("Another board"), coerce=row_id, validate_choice=False)

    own_boards: Sequence[int] = ()
    # The charter as it was saved last, and the boards whose limits alone are changed here; None: all of it is.
    before: Charter = UNWRITTEN
    only: frozenset[int] | None = None
    board_names: Mapping[str, str] = {}

    def about(self, name: str) -> str:
        """To what a field belongs, where its label alone does not say."""
        named = {
            **{f"{one}_": words.question(one) for one in Question},
            **{f"{role}_": wording.role(role) for role in Role},
            **{f"{kind}_": words.kind(kind) for kind in Kind},
            **self.board_names,
        }
        return next((said for prefix, said in named.items() if name.startswith(prefix)), "")

    def charter(self) -> tuple[Charter, Mapping[str, str]]:
        """The charter that was typed, and what could not be read of it, by field: there it says nothing, or 0."""
        wrong: dict[str, str] = {}
        if self.only is not None:
            others = {id_: changes for id_, changes in self.before.boards.items() if id_ not in self.only}
            return replace(self.before, boards={**others, **self._of_boards(wrong)}), wrong
        limits = only_changes(self._limits("", wrong), USUAL)
        charter = Charter(
            answers={
                one: Answer(Stand(self[f"{one}_stand"].data), one_line(self[f"{one}_sentence"].data or ""))
                for one in Question
                if self[f"{one}_stand"].data in set(Stand)
            },
            roles={
                role: Staffed(
                    self[f"{role}_primary"].data or 0,
                    self[f"{role}_backup"].data or 0,
                    self._number(f"{role}_hours", wrong),
                )
                for role in Role
                if self[f"{role}_active"].data
            },
            commitments={
                kind: Commitment(
                    self._number(f"{kind}_hours", wrong),
                    Clock(self[f"{kind}_clock"].data) if self[f"{kind}_clock"].data in set(Clock) else Clock.SERVICE,
                    self._number(f"{kind}_percentage", wrong),
                )
                for kind in Kind
                if self[f"{kind}_kept"].data
            },
            service=self._service(wrong),
            will_not=tuple(line for typed in (self.will_not.data or "").splitlines() if (line := one_line(typed))),
            limits=limits,
            boards=self._of_boards(wrong),
            review_by=self._date("review_by", wrong),
        )
        return charter, wrong

    def _of_boards(self, wrong: dict[str, str]) -> dict[int, Changes]:
        typed = {board_id: self._limits(f"board{board_id}_", wrong) for board_id in self.own_boards}
        return {board_id: changes for board_id, changes in typed.items() if changes}

    def is_shown(self, name: str) -> bool:
        """Whether a field stands in the form of whoever changes some boards only."""
        return name in self and (self.only is None or name in ("decision", "note") or name.startswith("board"))

    def _limits(self, prefix: str, wrong: dict[str, str]) -> Changes:
        """What stands in the fields. On a board an empty one follows all boards; elsewhere it is as usual."""
        typed: dict[Stage, dict[str, int]] = {}
        for stage in Stage:
            names = {key: f"{prefix}{stage}_{key}" for key in DIALS}
            said = {key: name for key, name in names.items() if (self[name].data or "").strip()}
            numbers = {key: self._number(name, wrong) for key, name in said.items()}
            typed[stage] = {key: number for key, number in numbers.items() if said[key] not in wrong}
        return {stage: dials for stage, dials in typed.items() if dials}

    def _service(self, wrong: dict[str, str]) -> Hours:
        week = {}
        for day in DAYS:
            begins, ends = (self._time(f"day{day}_{end}", wrong) for end in ("from", "to"))
            if (begins is None) != (ends is None):
                wrong[f"day{day}_to"] = _("Say from when and until when, or leave both empty.")
            elif begins is not None and ends is not None:
                week[day] = (begins, ends)
        if not is_time_zone(self.zone.data or ""):
            wrong["zone"] = _("Choose a time zone.")
            return Hours(ZoneInfo("UTC"), week)
        holidays = frozenset(
            holiday
            for line in (self.holidays.data or "").split()
            if (holiday := self._day(line, "holidays", wrong)) is not None
        )
        return Hours(ZoneInfo(self.zone.data), week, holidays)

    def _number(self, name: str, wrong: dict[str, str]) -> int:
        """Also one below zero or far too large, of which the rules say how far it may go."""
        typed = (self[name].data or "").strip().replace("−", "-")
        digits = typed.lstrip("+-")
        if not (digits.isascii() and digits.isdigit() and len(typed) - len(digits) <= 1):
            wrong[name] = _("Write a whole number.")
            return 0
        size = typed_number(digits)
        return (TOO_LARGE if size is None else size) * (-1 if typed.startswith("-") else 1)

    def _time(self, name: str, wrong: dict[str, str]) -> time | None:
        typed = (self[name].data or "").strip()
        if not typed:
            return None
        try:
            return time.fromisoformat(typed.zfill(5)).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError:
            wrong[name] = _("Write a time as in 09:00.")
            return None

    def _date(self, name: str, wrong: dict[str, str]) -> date:
        return self._day((self[name].data or "").strip(), name, wrong) or date.min

    def _day(self, typed: str, name: str, wrong: dict[str, str]) -> date | None:
        try:
            return date.fromisoformat(typed)
        except ValueError:
            wrong[name] = _("Write a day as in 2026-12-25.")
            return None


def charter_form(
    charter: Charter | None,
    *,
    people: Mapping[int, str],
    peers: Mapping[int, str],
    boards: Mapping[int, str],
    decisions: Mapping[int, str],
    own_boards: Sequence[int],
    base: int = 0,
) -> CharterForm:
    """The form; filled from `charter`, or (None) with what was sent. `own_boards`: those with limits of their own."""
    kind: Any = type("CharterFields", (CharterForm,), _fields(own_boards))
    form: CharterForm = kind() if charter is None else kind(formdata=None, data=filled(charter, base))
    form.own_boards = own_boards
    form.board_names = {f"board{key}_": boards[key] for key in own_boards}
    form.zone.choices = [(zone, zone.replace("_", " ")) for zone in time_zones()]
    form.decision.choices = [(0, "–"), *decisions.items()]
    form.add_board.choices = [(key, name) for key, name in boards.items() if key not in own_boards]
    nobody = (0, "–")
    for role in Role:
        form[f"{role}_primary"].choices = [nobody, *people.items()]
        form[f"{role}_backup"].choices = [nobody, *people.items(), *(peers.items() if role is Role.HOST else ())]
    for one in Kind:
        form[f"{one}_clock"].choices = [(str(clock), words.clock(clock)) for clock in Clock]
    for question in Question:
        form[f"{question}_stand"].choices = [(str(stand), words.stand(stand)) for stand in Stand]
    return form


def fingerprint(charter: Charter, decision: int, note: str) -> str:
    """Of what was previewed: saved is only what was seen."""
    said = json.dumps([to_json(charter), decision, note], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _fields(own_boards: Sequence[int]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for question in Question:
        fields[f"{question}_stand"] = RadioField(words.question(question), validate_choice=False)
        fields[f"{question}_sentence"] = StringField(
            _("In a sentence"), description=words.question_help(question), render_kw=_PLAIN
        )
    for role in Role:
        fields[f"{role}_active"] = BooleanField(wording.role(role), description=wording.task(role))
        fields[f"{role}_primary"] = SelectField(_("Responsible"), coerce=row_id, validate_choice=False)
        fields[f"{role}_backup"] = SelectField(_("Steps in"), coerce=row_id, validate_choice=False)
        fields[f"{role}_hours"] = StringField(_("Hours a week"), render_kw=_COUNT)
    for kind in Kind:
        fields[f"{kind}_kept"] = BooleanField(words.kind(kind), description=words.promise(kind))
        fields[f"{kind}_hours"] = StringField(_("Within hours"), render_kw=_COUNT)
        fields[f"{kind}_clock"] = SelectField(_("Counting"), validate_choice=False)
        fields[f"{kind}_percentage"] = StringField(_("Of 100 cases"), render_kw=_COUNT)
    for day in DAYS:
        fields[f"day{day}_from"] = StringField(_("%(day)s from", day=words.day(day)), render_kw={"type": "time"})
        fields[f"day{day}_to"] = StringField(_("%(day)s to", day=words.day(day)), render_kw={"type": "time"})
    for prefix in ("", *(f"board{board_id}_" for board_id in own_boards)):
        for stage in Stage:
            for key in DIALS:
                label = f"{words.dial(key)}, {words.stage(stage)}"
                fields[f"{prefix}{stage}_{key}"] = StringField(label, render_kw=_COUNT)
    return fields


def filled(charter: Charter, base: int) -> dict[str, Any]:
    """The fields as they stand for a charter; `base`: its number."""
    data: dict[str, Any] = {
        "base": str(base),
        "zone": charter.service.zone.key,
        "holidays": "\n".join(sorted(day.isoformat() for day in charter.service.holidays)),
        "will_not": "\n".join(charter.will_not),
        "review_by": charter.review_by.isoformat(),
    }
    for question, answer in charter.answers.items():
        data |= {f"{question}_stand": str(answer.stand), f"{question}_sentence": answer.sentence}
    for role, one in charter.roles.items():
        data |= {f"{role}_active": True, f"{role}_primary": one.primary, f"{role}_backup": one.backup}
        data[f"{role}_hours"] = str(one.hours)
    for kind in Kind:
        promise = charter.commitments.get(kind)
        usual = promise or Commitment(48)
        data |= {f"{kind}_kept": promise is not None, f"{kind}_hours": str(usual.hours)}
        data |= {f"{kind}_clock": str(usual.clock), f"{kind}_percentage": str(usual.percentage)}
    for day, hours in charter.service.week.items():
        for end, clock in zip(("from", "to"), hours, strict=True):
            data[f"day{day}_{end}"] = clock.isoformat(timespec="minutes")
    for stage in Stage:
        for key in DIALS:
            data[f"{stage}_{key}"] = str(charter.dial(key, stage))
            for board_id, changes in charter.boards.items():
                own = changes.get(stage, {}).get(key)
                data[f"board{board_id}_{stage}_{key}"] = "" if own is None else str(own)
    return data
