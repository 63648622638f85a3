"""Times for readers: relative in words, exact in their own zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from babel.dates import format_date, format_datetime, format_timedelta, get_timezone_name
from babel.lists import format_list
from flask import Flask, request
from flask_babel import get_locale, get_timezone
from markupsafe import Markup

from forum.core import clock
from forum.core.words import gettext as _
from forum.core.zones import is_time_zone

COOKIE = "trellis_zone"
WEEK_AHEAD = 7
"""From so many days on a weekday would be the wrong one."""


def relative_time(instant: datetime) -> str:
    """ "3 hours ago", "in 2 days"; at most a minute off."""
    return format_timedelta(instant - clock.now(), add_direction=True, locale=get_locale())


def exact_time(instant: datetime) -> str:
    """Date and time in the reader's zone, with the zone's name: "11 December 2026, 10:00 CET"."""
    return told(instant.astimezone(get_timezone()), _("d MMMM y, HH:mm"))


def near_time(instant: datetime) -> str:
    """As a person says it, in the reader's zone: "today 21:00", "Thursday 14:20", "12 March, 10:00"."""
    there, now = instant.astimezone(get_timezone()), clock.now().astimezone(get_timezone())
    days, hour = (there.date() - now.date()).days, format_datetime(there, "HH:mm", locale=get_locale())
    if days == 0:
        return _("today %(time)s", time=hour)
    if days == 1:
        return _("tomorrow %(time)s", time=hour)
    if 0 < days < WEEK_AHEAD:
        weekday = format_datetime(there, "EEEE", locale=get_locale())
        return _("%(weekday)s %(time)s", weekday=weekday, time=hour)
    return str(format_datetime(there, _("d MMMM, HH:mm"), locale=get_locale()))


def near(instant: datetime) -> Markup:
    """The same for a page, with the exact time behind it."""
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        instant.isoformat(timespec="seconds"), exact_time(instant), near_time(instant)
    )


def told(there: datetime, pattern: str) -> str:
    """A time in its own zone by a pattern as Unicode writes dates, with the zone's name."""
    return f"{format_datetime(there, pattern, locale=get_locale())} {zone_name(there)}"


def zone_name(there: datetime) -> str:
    """The zone in short: as the language calls it (MEZ), else as the zone itself does (CET)."""
    name = str(get_timezone_name(there, "short", locale=get_locale()))
    return name if name.isalpha() else there.tzname() or name


def day(value: date | datetime) -> str:
    """A date in the reader's zone and language."""
    shown = value.astimezone(get_timezone()) if isinstance(value, datetime) else value
    return str(format_date(shown, _("d MMMM y"), locale=get_locale()))


def weekday(value: date) -> str:
    """A day of these weeks, as people speak of it: "Mon, 2 March"."""
    return str(format_date(value, _("EEE, d MMMM"), locale=get_locale()))


def local_time(there: datetime) -> str:
    """A time of these weeks in its own zone: "Mon, 2 March, 08:00"."""
    return str(format_datetime(there.replace(tzinfo=None), _("EEE, d MMMM, HH:mm"), locale=get_locale()))


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them: "a, b and c"."""
    return str(format_list([*words], locale=get_locale()))


def of_browser() -> str:
    """The zone that this browser says it is in (`static/js/trellis.js` writes it down); empty where it never did."""
    said = request.cookies.get(COOKIE, "")
    return said if is_time_zone(said) else ""


def reader_zone() -> str:
    """The name of the reader's zone, in which what they type is read."""
    return str(get_timezone())


def register(app: Flask) -> None:
    """Give templates the filters."""
    app.jinja_env.filters.update(
        relative_time=relative_time,
        exact_time=exact_time,
        near=near,
        day=day,
        weekday=weekday,
        local_time=local_time,
        listed=listed,
    )
    app.jinja_env.globals.update(reader_zone=reader_zone)
