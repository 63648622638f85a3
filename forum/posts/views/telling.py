"""How times of events are told: day of the week, date, time and zone, no seconds."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import format_datetime, get_timezone

PATTERN = "EEE d MMM y, HH:mm"


def event_time(instant: datetime) -> str:
    """Date and time in the reader's zone."""
    return f"{format_datetime(instant, PATTERN)} {instant.astimezone(get_timezone()).tzname()}"


def time_there(instant: datetime, name: str) -> str:
    """Date and time in the zone `name`; empty where its clocks show what the reader's do."""
    there = instant.astimezone(ZoneInfo(name))
    if there.utcoffset() == instant.astimezone(get_timezone()).utcoffset():
        return ""
    return f"{format_datetime(there, PATTERN, rebase=False)} {there.tzname()}"
