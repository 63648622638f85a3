"""Moments that people type as their clocks show them: a date and a time, read in a zone, kept as an instant."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from forum.core.errors import Invalid
from forum.core.words import gettext as _


def instant_of(moment: datetime, zone: str) -> datetime | None:
    """The UTC instant at which clocks of the zone show `moment` (the first of two); None: they never do."""
    instant = moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    shown = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    return instant if shown == moment else None


def read_moment(typed: str) -> datetime | None:
    """What `<input type=datetime-local>` sends, or somebody writes into it: whole minutes, no zone; else None."""
    text = typed.strip().replace(" ", "T")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None or "T" not in text or not 1971 <= moment.year < 9000:
        return None
    return moment.replace(second=0, microsecond=0)


def typed_instant(typed: str, zone: str, field: str) -> datetime | None:
    """The instant that somebody in `zone` means; None where nothing was typed. Raises Invalid at `field`."""
    if not typed.strip():
        return None
    moment = read_moment(typed)
    if moment is None:
        raise Invalid(_("Write date and time as year-month-day and hours:minutes, such as 2027-03-31 19:30."), field)
    instant = instant_of(moment, zone)
    if instant is None:
        raise Invalid(_("The clocks jump over this hour on that day. Choose another time."), field)
    return instant


def typed_moment(instant: datetime | None, zone: str) -> str:
    """The instant as it would be typed: `typed_instant` of it gives it again, whole minutes."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if instant is not None else ""
