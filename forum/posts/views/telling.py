"""How times of events are told: day of the week, date, time and zone, no seconds."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import get_timezone

from forum.core.web.times import told
from forum.core.words import gettext as _


def event_time(instant: datetime) -> str:
    """Date and time in the reader's zone."""
    return told(instant.astimezone(get_timezone()), _pattern())


def time_there(instant: datetime, name: str) -> str:
    """Date and time in the zone `name`; empty where its clocks show what the reader's do."""
    there = instant.astimezone(ZoneInfo(name))
    if there.utcoffset() == instant.astimezone(get_timezone()).utcoffset():
        return ""
    return told(there, _pattern())


def _pattern() -> str:
    return _("EEE d MMM y, HH:mm")  # as Unicode writes dates, in the order of the language
