"""What notices announce."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChannelsChosen:
    """A member chose how to hear of what."""

    account_id: int


@dataclass(frozen=True)
class NoticesMade:
    """Notices about one thing were written for whoever should hear of it: the rows with this `about`."""

    about: str
