"""When somebody waits for the organization: the queue of duties (`organization.md` §3.3, G9). Pure.

Until a charter promises otherwise: a newcomer hears from a human within a day, everybody within five.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Promises:
    """How soon a human answers; by the clock on the wall."""

    hello: timedelta = timedelta(hours=24)
    no_silence: timedelta = timedelta(hours=120)


UNTIL_A_CHARTER = Promises()


def silence_ends(asked_at: datetime, promises: Promises = UNTIL_A_CHARTER) -> datetime:
    """From when on a topic without a human reply is a duty: three quarters of the promise are used."""
    return asked_at + promises.no_silence * 3 / 4


def is_due(asked_at: datetime, *, by_newcomer: bool, now: datetime, promises: Promises = UNTIL_A_CHARTER) -> bool:
    """Whether a topic without a human reply stands in the queue: a newcomer's from half of the hello on."""
    hello = asked_at + promises.hello / 2
    return now >= silence_ends(asked_at, promises) or (by_newcomer and now >= hello)
