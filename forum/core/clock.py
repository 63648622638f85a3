"""The time, in one place. Every instant in the forum is an aware UTC datetime to the millisecond."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, aware, UTC, whole milliseconds (what both databases keep)."""
    return to_milliseconds(datetime.now(UTC))


def to_milliseconds(instant: datetime) -> datetime:
    """`instant` in UTC with its microseconds cut to whole milliseconds."""
    utc = instant.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)
