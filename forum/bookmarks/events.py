"""What happens to bookmarks that somebody else should hear."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BookmarkDue:
    """The time of a reminder has come: its owner, who may still read the post, is to be told."""

    bookmark_id: int
    account_id: int
    post_id: int
