"""Who may judge what is by or about the host. Pure; of members `actions/concerning.py` finds out.

Whoever moderates and is no peer (`permissions/peers.py`) cannot act alone on a reply to one of its official posts, on a
board for what people think of it, on what members flagged as about it, or on what names it or its people. A peer
confirms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from forum.core.errors import Refused
from forum.core.words import gettext as _
from forum.permissions import Actor, is_peer


class Judged(Protocol):
    """A topic or a post, as far as it matters here."""

    @property
    def author_id(self) -> int | None: ...
    @property
    def concerns_host(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Concerned:
    """What is judged, where it is no row of its own: words that wait, a member, a choice."""

    author_id: int | None
    concerns_host: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """On what a moderator acts: the rule that was broken. `shared`: a peer confirmed it, or reviews it within two
    days; `facts`: what happened, for whom it concerns; `ruling_id`: the decision that says so."""

    rule: str
    shared: bool = False
    facts: str = ""
    ruling_id: int | None = None


ALONE = Ground("")
# Taking back: who may was asked before.
SHARED = Ground("", shared=True)


class PeerNeeded(Refused):
    """The organization does not judge alone what is about itself: a peer has to confirm (403)."""


def needs_peer(actor: Actor, judged: Judged, *, is_feedback: bool, made_at: datetime | None = None) -> bool:
    """Whether `actor` may not decide this alone. `made_at`: since when it waits."""
    return not (is_peer(actor, made_at) or actor.is_house) and (is_feedback or judged.concerns_host)


def check_wording(actor: Actor, judged: Judged, *, is_feedback: bool) -> None:
    """The same of what people do to their own words, too, and where they stand: those are theirs to change."""
    if actor.account_id is None or judged.author_id != actor.account_id:
        check_powers(actor, judged, is_feedback=is_feedback)


def check_rewording(actor: Actor, post: Any) -> None:
    """What the host says officially is its own to word; what others say about it, it does not reword alone."""
    if post.capacity != "official":
        check_wording(actor, post, is_feedback=post.topic.board.is_feedback)


def check_powers(actor: Actor, judged: Judged, *, is_feedback: bool, ground: Ground = ALONE) -> None:
    """Raise PeerNeeded where somebody else must look, and nobody did."""
    if not ground.shared and needs_peer(actor, judged, is_feedback=is_feedback):
        if actor.belonging is None or not actor.belonging.is_host:
            raise PeerNeeded(
                _(
                    "This is by or about the organization that hosts this place. Whoever belongs to an organization, "
                    "or did within ninety days, cannot decide it alone. A moderator from among the members does, "
                    "or confirms what you propose."
                )
            )
        raise PeerNeeded(
            _(
                "This is by or about %(name)s, so one of its own people cannot decide it alone. A moderator from "
                "among the members does, or confirms what you propose.",
                name=actor.belonging.organization,
            )
        )
