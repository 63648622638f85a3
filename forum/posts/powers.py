"""Who may judge what is by or about the host. Pure.

Whoever moderates and belongs to the host cannot act alone on a reply to one of its official posts, on a board for what
people think of it, on what members flagged as about it, or on what names it or its people. A peer confirms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from forum.core.errors import Refused
from forum.core.words import gettext as _
from forum.permissions import Actor


class Judged(Protocol):
    """A topic or a post, as far as it matters here."""

    @property
    def author_id(self) -> int | None: ...
    @property
    def concerns_host(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Ground:
    """On what a moderator acts: the rule that was broken. `shared`: a peer confirmed it, or reviews it within two
    days; `facts`: what happened, for whom it concerns."""

    rule: str
    shared: bool = False
    facts: str = ""


ALONE = Ground("")


class PeerNeeded(Refused):
    """The organization does not judge alone what is about itself: a peer has to confirm (403)."""


def is_peer(actor: Actor) -> bool:
    """Does not belong to the host, now."""
    return actor.belonging is None or not actor.belonging.is_host


def needs_peer(actor: Actor, judged: Judged, *, is_feedback: bool) -> bool:
    """Whether `actor` may not decide this alone. What one wrote oneself is one's own to change."""
    if is_peer(actor) or actor.is_house:
        return False
    if actor.account_id is not None and judged.author_id == actor.account_id:
        return False
    return is_feedback or judged.concerns_host


def check_powers(actor: Actor, judged: Judged, *, is_feedback: bool, ground: Ground = ALONE) -> None:
    """Raise PeerNeeded where somebody else must look, and nobody did."""
    if not ground.shared and needs_peer(actor, judged, is_feedback=is_feedback):
        assert actor.belonging is not None
        raise PeerNeeded(
            _(
                "This is by or about %(name)s, so one of its own people cannot decide it alone. Propose it: a "
                "moderator from among the members confirms.",
                name=actor.belonging.organization,
            )
        )
