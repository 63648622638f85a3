"""Who is a peer of the members: said once, here of an actor, and as SQL in `organization.queries.is_peer`.

A peer belongs to no organization, and has not for ninety days: nobody is made one between a proposal and its yes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from forum.core import clock
from forum.permissions.actors import Actor

PEER_AFTER = timedelta(days=90)


def is_peer(actor: Actor, made_at: datetime | None = None) -> bool:
    """Belongs to no organization, did not within ninety days, nor when what they look at came about (`made_at`)."""
    if actor.belonging is not None or actor.is_staff:
        return False
    return actor.left_at is None or actor.left_at <= independent_since(made_at)


def independent_since(made_at: datetime | None = None) -> datetime:
    """Since when a peer has belonged to no organization."""
    ago = clock.now() - PEER_AFTER
    return ago if made_at is None else min(made_at, ago)


def is_peer_of_it(actor: Actor, decision: Any) -> bool:
    """A peer now, and when it was proposed or done."""
    return is_peer(actor, decision.at)


def may_judge_host(actor: Actor, contested: Any) -> bool:
    """What is by or about the host, peers decide alone."""
    return not contested.concerns_host or is_peer(actor, contested.at)
