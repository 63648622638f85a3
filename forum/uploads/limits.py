"""How much one person may bring, and how long what nobody uses is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from forum.core.errors import TooSoon
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.site.settings import number


@dataclass(frozen=True)
class Limits:
    """The numbers, with their defaults."""

    picture_bytes: int = 10 * 2**20
    picture_pixels: int = 40_000_000
    file_bytes: int = 20 * 2**20
    a_day: int = 50
    bytes_a_day: int = 200 * 2**20
    unused: timedelta = timedelta(days=7)


LIMITS = Limits()


def limits_from(kept: Mapping[str, int]) -> Limits:
    """The limits with what the site row keeps: settings that differ from their defaults."""
    return Limits(
        picture_bytes=number(kept, "picture_megabytes") * 2**20,
        picture_pixels=number(kept, "picture_megapixels") * 1_000_000,
        file_bytes=number(kept, "file_megabytes") * 2**20,
        a_day=number(kept, "files_a_day"),
        bytes_a_day=number(kept, "megabytes_a_day") * 2**20,
    )


def check_day(count: int, size: int, more: int, limits: Limits = LIMITS) -> None:
    """Raise TooSoon when `more` bytes would be more than somebody may bring in a day, who brought `count` files of
    `size` bytes since yesterday."""
    if count >= limits.a_day:
        raise TooSoon(
            ngettext(
                "You brought %(num)s file within a day. Bring the next one tomorrow.",
                "You brought %(num)s files within a day. Bring the next one tomorrow.",
                count,
            ),
            3600,
        )
    if size + more > limits.bytes_a_day:
        megabytes = limits.bytes_a_day // 2**20
        raise TooSoon(_("That is more than %(n)s MB within a day. Bring this one tomorrow.", n=megabytes), 3600)
