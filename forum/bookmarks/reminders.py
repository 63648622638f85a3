"""When a reminder comes: tomorrow morning, next week, a day, by the clocks of its owner. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from forum.core.errors import Invalid
from forum.core.moments import typed_instant
from forum.core.words import gettext as _

NEVER, TOMORROW, NEXT_WEEK, AT = "never", "tomorrow", "week", "at"
CHOICES = (NEVER, TOMORROW, NEXT_WEEK, AT)
MORNING = time(8)
LONGEST = timedelta(days=5 * 366)


def remind_at(choice: str, typed: str, zone: str, now: datetime) -> datetime | None:
    """The instant of a reminder, None for none; raises Invalid. Tomorrow is at eight, next week on Monday at eight."""
    today = now.astimezone(ZoneInfo(zone)).date()
    if choice == TOMORROW:
        return _morning(today + timedelta(days=1), zone)
    if choice == NEXT_WEEK:
        return _morning(today + timedelta(days=7 - today.weekday()), zone)
    if choice == AT:
        instant = typed_instant(typed, zone, "at")
        if instant is None:
            raise Invalid(_("Say when, or choose another reminder."), "at")
        if not now < instant <= now + LONGEST:
            raise Invalid(_("A reminder comes in the future, within five years."), "at")
        return instant
    if choice not in ("", NEVER):
        raise Invalid(_("Choose one of the reminders."), "when")
    return None


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=ZoneInfo(zone)).astimezone(UTC)
