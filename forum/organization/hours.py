"""When people are awake: the hours of a week in a zone, with holidays (`organization.md` §1). Pure; instants in UTC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WORKDAYS: Mapping[int, tuple[time, time]] = {day: (time(8), time(20)) for day in range(5)}
"""Monday (0) to Friday, 08:00 to 20:00."""


@dataclass(frozen=True)
class Hours:
    """Hours by weekday (0 is Monday), in local time of a zone; on holidays there are none."""

    zone: ZoneInfo
    week: Mapping[int, tuple[time, time]] = field(default_factory=lambda: WORKDAYS)
    holidays: frozenset[date] = frozenset()

    def stretches(self, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of these hours between two instants, in order. On days that lose or gain an hour, real time."""
        day = since.astimezone(self.zone).date()
        last = until.astimezone(self.zone).date()
        while day <= last:
            hours = None if day in self.holidays else self.week.get(day.weekday())
            if hours is not None:
                begins, ends = (datetime.combine(day, clock, self.zone).astimezone(UTC) for clock in hours)
                if max(begins, since) < min(ends, until):
                    yield max(begins, since), min(ends, until)
            day += timedelta(days=1)

    def between(self, since: datetime, until: datetime) -> timedelta:
        """How much of these hours lies between two instants."""
        return sum((ends - begins for begins, ends in self.stretches(since, until)), timedelta())

    def after(self, since: datetime, length: timedelta, until: datetime) -> datetime | None:
        """The first instant at which `length` of these hours has passed since `since`; None when not before `until`."""
        left = length
        if left <= timedelta():
            return since
        for begins, ends in self.stretches(since, until):
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        return None
