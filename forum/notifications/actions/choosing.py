"""Through which channels a member wants to hear of what."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from forum.core.events import emit
from forum.notifications.events import ChannelsChosen
from forum.notifications.kind import CHANNELS
from forum.notifications.models import ChannelChoice
from forum.notifications.queries import offered
from forum.permissions import Act, Actor, require


def choose_channels(session: Session, actor: Actor, on: Collection[tuple[str, str]]) -> None:
    """`on`: pairs of kind and channel. Only what differs from the defaults is kept: the rest moves with them. Kinds
    that were not offered stay as they were."""
    require(actor, Act.CHOOSE_CHANNELS)
    kinds = offered(actor)
    mine = (ChannelChoice.account_id == actor.account_id, ChannelChoice.kind.in_([kind.key for kind in kinds]))
    session.execute(delete(ChannelChoice).where(*mine))
    rows = [
        {"account_id": actor.account_id, "kind": kind.key, "channel": channel, "is_on": (kind.key, channel) in on}
        for kind in kinds
        for channel in CHANNELS
        if ((kind.key, channel) in on) != (channel in kind.channels)
    ]
    if rows:
        session.execute(insert(ChannelChoice), rows)
    emit(session, ChannelsChosen(actor.account_id or 0))
