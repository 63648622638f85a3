"""What an archive holds, in typed records. Times are aware UTC datetimes, exact to the millisecond."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class Skipped:
    """One thing that was not taken, and why."""

    kind: str
    """file, user, topic, post, raw or accepted_answer"""
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What an archive holds at a glance, counted by marks and not closely read: for a progress bar."""

    topics: int
    posts: int
    hosts: tuple[str, ...]
    """The old forum's own host names, as far as its pictures tell; the most frequent first."""


@dataclass(frozen=True, slots=True)
class SourceUser:
    """An author. `id` is None only where the archive names somebody without a number."""

    id: int | None
    username: str
    name: str = ""
    title: str = ""
    trust_level: int = 0
    admin: bool = False
    moderator: bool = False
    suspended: bool = False

    @property
    def is_staff(self) -> bool:
        return self.admin or self.moderator


class PostType(IntEnum):
    """Discourse's own numbers. Whispers (4), which only its staff could see, are never taken."""

    REGULAR = 1
    MODERATOR_NOTE = 2
    SMALL_ACTION = 3


@dataclass(frozen=True, slots=True)
class PollOption:
    id: str
    html: str
    votes: int | None
    """None: the archive does not say."""


@dataclass(frozen=True, slots=True)
class Poll:
    name: str
    title: str
    voters: int | None
    options: tuple[PollOption, ...]


@dataclass(frozen=True, slots=True)
class SourcePost:
    """A post as the archive has it. `raw` is None where only the rendered text is known."""

    id: int
    number: int
    type: PostType
    created_at: datetime
    updated_at: datetime
    author: SourceUser | None
    """None: nobody is named any more."""
    raw: str | None
    cooked: str
    cooked_is_placeholder: bool
    """The rendered text only says that the post is hidden."""
    reply_to: int | None
    """A number in the same topic; the post there may be missing."""
    likes: int
    accepted: bool
    hidden: bool
    wiki: bool
    via_email: bool
    version: int
    edit_reason: str
    action_code: str
    """Of small actions, such as `closed.enabled`; see `smallactions`."""
    polls: tuple[Poll, ...] = ()

    @property
    def is_regular(self) -> bool:
        return self.type is PostType.REGULAR

    @property
    def is_by_staff(self) -> bool:
        return self.author is not None and self.author.is_staff


@dataclass(frozen=True, slots=True)
class SourceTopic:
    """A topic with its posts by number. `title` is the one shown, emoji as characters."""

    id: int
    title: str
    slug: str
    category_id: int | None
    tags: tuple[str, ...]
    created_at: datetime
    views: int
    closed: bool
    archived: bool
    visible: bool
    pinned_at: datetime | None
    pinned_until: datetime | None
    pinned_globally: bool
    featured_link: str
    posts: tuple[SourcePost, ...]
    accepted_number: int | None
    """The one accepted answer: the archive's own choice, else the lowest number."""

    def has(self, number: int) -> bool:
        """Whether a post of this number was taken; replies may point to one that was not."""
        return any(post.number == number for post in self.posts)
