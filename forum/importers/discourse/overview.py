"""A first look through a whole archive: what must be known before its first topic is taken. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape

from forum.importers.discourse.archive import Archive
from forum.importers.discourse.records import Skipped, SourceTopic, SourceUser

NO_CATEGORY = 0
"""Stands for the category of a topic that has none; the old forum counts from 1."""


@dataclass(slots=True)
class Overview:
    """What an archive holds, without the words."""

    authors: list[SourceUser] = field(default_factory=list)
    """Everybody once by name. Two names may have one id: somebody was renamed while the archive was made."""
    first_wrote: dict[str, datetime] = field(default_factory=dict)
    """By name, casefolded."""
    categories: dict[int, bool] = field(default_factory=dict)
    """In the order of their numbers, with whether an answer was ever accepted there."""
    tags: dict[str, None] = field(default_factory=dict)
    topics: dict[int, datetime] = field(default_factory=dict)
    """Those that can be taken, with when they were started."""
    posts: int = 0
    skipped: list[Skipped] = field(default_factory=list)


def look_through(archive: Archive, tick: Callable[[int], object] = lambda _posts: None) -> Overview:
    """Reads everything once. `tick` hears how many posts were passed."""
    found = Overview()
    for user in archive.users():
        if isinstance(user, Skipped):
            found.skipped.append(user)
        else:
            found.authors.append(user)
    for topic in archive.topics():
        if isinstance(topic, Skipped):
            found.skipped.append(topic)
            continue
        found.skipped += losses(topic)
        if topic.posts:
            _note(found, topic)
            tick(len(topic.posts))
    found.categories = dict(sorted(found.categories.items()))
    return found


def category_of(topic: SourceTopic) -> int:
    """The number of the topic's category."""
    return NO_CATEGORY if topic.category_id is None else topic.category_id


def losses(topic: SourceTopic) -> Iterable[Skipped]:
    """What of a readable topic has no place here."""
    if not topic.posts:
        yield Skipped("topic", str(topic.id), "has no post that can be taken")
    accepted = next((post for post in topic.posts if post.number == topic.accepted_number), None)
    if accepted is not None and (accepted.hidden or not accepted.is_regular):
        yield Skipped("accepted_answer", str(accepted.id), "is not to be seen, so it is kept as a reply")
    link = topic.featured_link
    if link and not any(link in (post.raw or "") or link in unescape(post.cooked) for post in topic.posts[:1]):
        yield Skipped("featured_link", str(topic.id), f"stood beside the title only: {link[:200]}")


def _note(found: Overview, topic: SourceTopic) -> None:
    found.topics[topic.id] = topic.created_at
    found.posts += len(topic.posts)
    found.tags.update(dict.fromkeys(topic.tags))
    category = category_of(topic)
    found.categories[category] = found.categories.get(category, False) or topic.accepted_number is not None
    for post in topic.posts:
        if post.author is not None:
            key = post.author.username.casefold()
            found.first_wrote[key] = min(post.created_at, found.first_wrote.get(key, post.created_at))
