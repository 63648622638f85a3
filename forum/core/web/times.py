"""Times for readers: relative in words, exact in their own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime

from babel.dates import format_timedelta
from flask import Flask
from flask_babel import format_datetime, get_locale, get_timezone

from forum.core import clock
from forum.core.words import gettext as _


def relative_time(instant: datetime) -> str:
    """ "3 hours ago", "in 2 days"; at most a minute off."""
    return format_timedelta(instant - clock.now(), add_direction=True, locale=get_locale())


def exact_time(instant: datetime) -> str:
    """Date and time in the reader's zone, with the zone's name: "11 December 2026, 10:00 CET"."""
    pattern = _("d MMMM y, HH:mm")  # as Unicode writes dates, in the order of the language
    return f"{format_datetime(instant, pattern)} {instant.astimezone(get_timezone()).tzname()}"


def day(value: date | datetime) -> str:
    """A date in the reader's zone and language."""
    instant = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, 12, tzinfo=UTC)
    return str(format_datetime(instant, _("d MMMM y")))


def reader_zone() -> str:
    """The name of the reader's zone, in which what they type is read."""
    return str(get_timezone())


def register(app: Flask) -> None:
    """Give templates the filters."""
    app.jinja_env.filters.update(relative_time=relative_time, exact_time=exact_time, day=day)
    app.jinja_env.globals.update(reader_zone=reader_zone)
