"""Time zones by the places that people know them by."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import available_timezones

# Technical names and those of old systems: whoever wants one finds a city in it.
_OTHER = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")


@lru_cache(maxsize=1)
def time_zones() -> tuple[str, ...]:
    """UTC, then the zones named after a region and a place, sorted."""
    placed = (zone for zone in available_timezones() if "/" in zone and not zone.startswith(_OTHER))
    return ("UTC", *sorted(placed))


def is_time_zone(name: str) -> bool:
    """Whether `name` is a zone that one can choose."""
    return name in time_zones()
