"""How much one person may bring, and how long what nobody uses is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from forum.core.errors import TooSoon
from forum.core.words import gettext as _


@dataclass(frozen=True)
class Limits:
    """The numbers, with their defaults."""

    file_bytes: int = 20 * 2**20
    a_day: int = 50
    bytes_a_day: int = 200 * 2**20
    unused: timedelta = timedelta(days=7)


LIMITS = Limits()


def check_day(count: int, size: int, more: int, limits: Limits = LIMITS) -> None:
    """Raise TooSoon when `more` bytes would be more than somebody may bring in a day, who brought `count` files of
    `size` bytes since yesterday."""
    if count >= limits.a_day:
        raise TooSoon(_("You brought %(n)s files within a day. Bring the next one tomorrow.", n=count), 3600)
    if size + more > limits.bytes_a_day:
        megabytes = limits.bytes_a_day // 2**20
        raise TooSoon(_("That is more than %(n)s MB within a day. Bring this one tomorrow.", n=megabytes), 3600)
