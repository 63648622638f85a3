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


@dataclass(frozen=True)
class AnnouncementDue:
    """An announcement goes to these members by mail, now."""

    post_id: int
    account_ids: tuple[int, ...]
