"""Where topics and posts are found: stable addresses, computed from numbers alone.

A post's page follows from its number, so that it never moves when others are removed: page 2 holds numbers 21–40
(20 a page), gaps included.
"""

from __future__ import annotations

from urllib.parse import urlencode

from forum.core import slugs
from forum.posts.models import Post, Topic

PAGE_SIZE = 20
# What words of a Markdown link may not say by themselves.
_SIGNS = "[]\\`*_<>"
_SLUG_MAX = 80


def slug_of(title: str) -> str:
    """A title as part of an address: lower-case letters and digits of any script, joined by hyphens."""
    return slugs.slug_of(title, _SLUG_MAX) or "topic"


def page_of(number: int) -> int:
    """The page of a topic on which a post number stands, from 1."""
    return max(1, (number - 1) // PAGE_SIZE + 1)


def numbers_on(page: int) -> tuple[int, int]:
    """First and last post number of a page."""
    return (page - 1) * PAGE_SIZE + 1, page * PAGE_SIZE


def topic_path(topic: Topic, page: int = 1, **query: str | int) -> str:
    """`/t/<id>-<slug>`, with its page."""
    asked = ({"page": page} if page > 1 else {}) | query
    return f"/t/{topic.id}-{topic.slug}" + (f"?{urlencode(asked)}" if asked else "")


def unread_path(topic: Topic) -> str:
    """Leads to the first post that the member has not read."""
    return f"/t/{topic.id}-{topic.slug}/unread"


def number_path(topic: Topic, number: int, came_from: int = 0) -> str:
    """The place of a post number inside its topic's page; `came_from`: the number whose reader will want to go back."""
    asked = {"from": came_from} if came_from else {}
    return f"{topic_path(topic, page_of(number), **asked)}#post-{number}"


def post_path(post: Post) -> str:
    """The permanent link of a post: it finds the post wherever it has moved."""
    return f"/p/{post.id}"


def board_path(slug: str) -> str:
    """The page of a board."""
    return f"/b/{slug}"


def tag_path(slug: str) -> str:
    """The page of a tag."""
    return f"/tags/{slug}"


def link(words: str, address: str) -> str:
    """A Markdown link, whatever the words hold."""
    return f"[{plainly(words)}]({address})"


def plainly(words: str) -> str:
    """Words that Markdown shows as they are."""
    return "".join(chr(92) + sign if sign in _SIGNS else sign for sign in words)
