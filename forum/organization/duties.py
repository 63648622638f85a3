"""When somebody waits for the organization: the queue of duties (`organization.md` §3.3, G9). Pure.

What was promised is said by the charter; where none was saved, its usual promises hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from forum.organization.charter import Clock, Commitment, Kind
from forum.organization.hours import Hours
from forum.organization.promises import FURTHEST, Promise

Commitments = Mapping[Kind, Commitment]

SILENCE = Fraction(3, 4)
FROM: Mapping[Kind, Fraction] = {
    Kind.NO_SILENCE: SILENCE,
    Kind.NEWCOMER_HELLO: Fraction(1, 2),
    Kind.ORG_QUESTION: Fraction(0),
    Kind.IDEA_STATUS: Fraction(1, 2),
    Kind.IDEA_DECISION: SILENCE,
}
"""So much of a promise is used when it becomes a duty: who asked the organization itself is one at once."""
ANY_REPLY = (Kind.NO_SILENCE, Kind.NEWCOMER_HELLO)
"""Promises that whoever replies keeps, so long as it is a human being."""
_NEVER = Hours(ZoneInfo("UTC"), {})


def promised(
    kind: Kind, since: datetime, commitments: Commitments, service: Hours, done_at: datetime | None = None
) -> Promise | None:
    """What was promised to whoever has waited since then; None: nothing."""
    commitment = commitments.get(kind)
    if commitment is None:
        return None
    hours = service if commitment.clock is Clock.SERVICE else None
    return Promise(since, timedelta(hours=commitment.hours), done_at, hours)


def wished(since: datetime) -> Promise:
    """What somebody asked for and nobody promised: it waits, and is never due."""
    return Promise(since, FURTHEST, hours=_NEVER)


def stands_in_queue(kind: Kind, promise: Promise, now: datetime) -> bool:
    """Whether what is not done yet is a duty by now."""
    return promise.share_used(now) >= FROM[kind]


def silence_ends(asked_at: datetime, commitments: Commitments, service: Hours) -> datetime | None:
    """From when on a topic without a human reply is a duty; None where no reply is promised."""
    promise = promised(Kind.NO_SILENCE, asked_at, commitments, service)
    return promise.when_used(SILENCE) if promise is not None else None


def is_due(asked_at: datetime, commitments: Commitments, service: Hours, *, by_newcomer: bool, now: datetime) -> bool:
    """Whether a topic without a human reply stands in the queue for want of one."""
    kinds = ANY_REPLY if by_newcomer else (Kind.NO_SILENCE,)
    return any(
        (promise := promised(kind, asked_at, commitments, service)) is not None and stands_in_queue(kind, promise, now)
        for kind in kinds
    )


def first_due(promises: Iterable[Promise]) -> Promise:
    """The one of them (there is one) that has to be kept first; what is never due comes last."""
    return min(promises, key=lambda promise: (promise.due_at is None, promise.due_at or promise.since))
