"""Through which channels a member hears of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core.words import gettext as _
from forum.notifications.kinds import CHANNELS, KINDS, Kind
from forum.notifications.models import ChannelChoice
from forum.permissions import Actor


@dataclass(frozen=True)
class MatrixRow:
    """A kind, and the channels through which the actor hears of it."""

    key: str
    label: str
    icon: str
    on: frozenset[str]


def matrix(session: Session, actor: Actor) -> Sequence[MatrixRow]:
    """Every kind with its channels: as chosen, else by default."""
    chosen = {
        (choice.kind, choice.channel): choice.is_on
        for choice in session.scalars(select(ChannelChoice).where(ChannelChoice.account_id == actor.account_id))
    }

    def on(kind: Kind) -> frozenset[str]:
        return frozenset(name for name in CHANNELS if chosen.get((kind.key, name), name in kind.channels))

    return [MatrixRow(kind.key, _(kind.label), kind.icon, on(kind)) for kind in KINDS.values()]
