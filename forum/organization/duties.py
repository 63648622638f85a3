"""When somebody waits for the organization: the queue of duties (`organization.md` §3.3, G9). Pure.

What was promised is said by the charter; where none was saved, its usual promises hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction

from forum.organization.charter import Clock, Commitment, Kind
from forum.organization.hours import Hours
from forum.organization.promises import Promise

Commitments = Mapping[Kind, Commitment]
HELLO, SILENCE = Fraction(1, 2), Fraction(3, 4)
"""So much of a promise is used when it becomes a duty: of the hello to a newcomer, of the reply to everybody."""


def promised(kind: Kind, since: datetime, commitments: Commitments, service: Hours) -> Promise | None:
    """What was promised to whoever has waited since then; None: nothing."""
    commitment = commitments.get(kind)
    if commitment is None:
        return None
    hours = service if commitment.clock is Clock.SERVICE else None
    return Promise(since, timedelta(hours=commitment.hours), hours=hours)


def silence_ends(asked_at: datetime, commitments: Commitments, service: Hours) -> datetime | None:
    """From when on a topic without a human reply is a duty; None where no reply is promised."""
    promise = promised(Kind.NO_SILENCE, asked_at, commitments, service)
    return promise.when_used(SILENCE) if promise is not None else None


def is_due(asked_at: datetime, commitments: Commitments, service: Hours, *, by_newcomer: bool, now: datetime) -> bool:
    """Whether a topic without a human reply stands in the queue: a newcomer's from half of the hello on."""
    ends = silence_ends(asked_at, commitments, service)
    hello = promised(Kind.NEWCOMER_HELLO, asked_at, commitments, service) if by_newcomer else None
    return (ends is not None and now >= ends) or (hello is not None and hello.share_used(now) >= HELLO)
