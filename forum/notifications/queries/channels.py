"""Through which channels a member hears of what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core.words import gettext as _
from forum.core.words import mark
from forum.notifications.judging_kinds import OF_JUDGES
from forum.notifications.kind import CHANNELS, Kind
from forum.notifications.kinds import KINDS, OF_MODERATORS, OF_QUEUE, OF_STAFF
from forum.notifications.models import ChannelChoice
from forum.permissions import Actor, Right


@dataclass(frozen=True)
class MatrixRow:
    """A kind, and the channels through which the actor hears of it."""

    key: str
    label: str
    icon: str
    on: frozenset[str]


@dataclass(frozen=True)
class MatrixPart:
    """Kinds that belong together, under a heading."""

    title: str
    rows: Sequence[MatrixRow]


# Heading → kinds; what stands under none of them concerns oneself.
_PARTS: Mapping[str, frozenset[str]] = {
    mark("What you follow"): frozenset(
        {
            "announcement",
            "warning",
            "watching",
            "first_post",
            "answer",
            "doubted",
            "idea",
            "event_moved",
            "place",
            "reminder",
        }
    ),
    mark("Conversations and groups"): frozenset(
        {"message", "conversation", "group_invitation", "group_decision", "group_request"}
    ),
    mark("Working for the organization"): OF_STAFF,
    mark("Moderation"): OF_MODERATORS | OF_QUEUE | OF_JUDGES,
}


def matrix(session: Session, actor: Actor) -> Sequence[MatrixPart]:
    """Every kind that the actor may hear of with its channels: as chosen, else by default."""
    chosen = {
        (choice.kind, choice.channel): choice.is_on
        for choice in session.scalars(select(ChannelChoice).where(ChannelChoice.account_id == actor.account_id))
    }

    def row(kind: Kind) -> MatrixRow:
        on = (name for name in CHANNELS if chosen.get((kind.key, name), name in kind.channels))
        return MatrixRow(kind.key, _(kind.label), kind.icon, frozenset(on))

    kinds = offered(actor)
    own = frozenset(KINDS).difference(*_PARTS.values())
    parts = {mark("You and what you wrote"): own, **_PARTS}
    found = [(title, [row(kind) for kind in kinds if kind.key in keys]) for title, keys in parts.items()]
    return [MatrixPart(_(title), rows) for title, rows in found if rows]


def wants(session: Session, account_id: int, kind: str, channel: str) -> bool:
    """Whether a member hears of a kind through a channel: as chosen, else by default."""
    chosen = session.get(ChannelChoice, (account_id, kind, channel))
    return chosen.is_on if chosen is not None else channel in KINDS[kind].channels


def offered(actor: Actor) -> Sequence[Kind]:
    """The kinds that the actor may hear of."""
    of_others = frozenset() if actor.is_moderator else OF_MODERATORS
    if actor.belonging is None and not actor.is_moderator:
        of_others |= OF_STAFF
    if not actor.boards_with(Right.MODERATE):
        of_others |= OF_QUEUE
        of_others |= OF_JUDGES
    return [kind for kind in KINDS.values() if kind.key not in of_others]
