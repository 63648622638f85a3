"""What somebody typed into the form of a topic: as it is stored, and back again. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from forum.boards.fields import read
from forum.boards.kinds import ENDS_AT, STARTS_AT, TIME_ZONE, WANTS_ORG, Kind
from forum.core.errors import InvalidFields
from forum.core.moments import instant_of, typed_moment
from forum.core.words import gettext as _

# How long an event may last.
LONGEST = timedelta(days=31)


class Answers(NamedTuple):
    """What a topic keeps of its form: plain JSON, beginning and end of an event, and whose answer is wanted."""

    fields: dict[str, Any]
    starts_at: datetime | None = None
    wants_org: bool = False
    ends_at: datetime | None = None


def parse_fields(kind: Kind, raw: Mapping[str, str]) -> Answers:
    """What was typed, by field key, as it is stored; else InvalidFields with a sentence for each field to mend."""
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in kind.fields:
        typed = raw.get(field.key, "").replace("\r\n", "\n").strip()
        sentence, value = read(field, typed)
        if sentence:
            wrong[field.key] = sentence
        elif value is not None:
            found[field.key] = value
    times = {key: found.pop(key, None) for key in (STARTS_AT, ENDS_AT)}
    for key, moment in times.items():
        if moment is not None and TIME_ZONE in found:
            times[key] = instant_of(moment, found[TIME_ZONE])
            if times[key] is None:
                wrong[key] = _("The clocks jump over this hour on that day. Choose another time.")
    starts_at, ends_at = times.values()
    if not wrong and starts_at is not None and ends_at is not None and not starts_at < ends_at <= starts_at + LONGEST:
        wrong[ENDS_AT] = _("An event ends after it began, within %(n)s days.", n=LONGEST.days)
    if wrong:
        raise InvalidFields(wrong)
    return Answers(found, starts_at, bool(found.pop(WANTS_ORG, False)), ends_at)


def typed_fields(kind: Kind, answers: Answers) -> dict[str, str]:
    """The stored answers as somebody would have typed them: `parse_fields` of it gives them again."""
    typed = {field.key: str(answers.fields[field.key]) for field in kind.fields if field.key in answers.fields}
    zone = str(answers.fields.get(TIME_ZONE, "UTC"))
    for key, instant in ((STARTS_AT, answers.starts_at), (ENDS_AT, answers.ends_at)):
        if instant is not None:
            typed[key] = typed_moment(instant, zone)
    if answers.wants_org:
        typed[WANTS_ORG] = "y"
    return typed
