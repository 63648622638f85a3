"""How times of events are told."""

from __future__ import annotations

from datetime import datetime

from flask_babel import format_datetime, get_timezone

from forum.core.web.times import zone


def time_there(instant: datetime, name: str) -> str:
    """Date and time in the zone `name`; empty where its clocks show what the reader's do."""
    there = zone(name)
    if instant.astimezone(there).utcoffset() == instant.astimezone(get_timezone()).utcoffset():
        return ""
    return f"{format_datetime(instant.astimezone(there), 'medium', rebase=False)} {instant.astimezone(there).tzname()}"
