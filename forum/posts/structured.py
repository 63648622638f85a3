"""What a topic's first page says to machines: schema.org, as search engines read it.

Pure. Question boards are a QAPage, all others a DiscussionForumPosting. The page carries it as a data block, which no
browser executes; `as_block` leaves no way out of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from forum.posts.addresses import number_path, topic_path
from forum.posts.models import Post, Topic

LONGEST = 1_000
MOST = 10
_SCHEMA = "https://schema.org"


def topic_data(
    topic: Topic, posts: Sequence[Post], accepted: Post | None, *, is_question: bool, base: str
) -> dict[str, Any]:
    """The data of a topic with the readable `posts` of its first page, the opening one first (none: nothing)."""
    if not posts or not posts[0].is_opening:
        return {}
    opening, replies = posts[0], [post for post in posts[1:] if not post.is_note][:MOST]
    if is_question:
        return {
            "@context": _SCHEMA,
            "@type": "QAPage",
            "mainEntity": _question(topic, opening, replies, accepted, base),
        }
    return {
        "@context": _SCHEMA,
        "@type": "DiscussionForumPosting",
        "headline": topic.title,
        "url": base + topic_path(topic),
        "commentCount": topic.reply_count,
        **_words(opening, base),
        "comment": [_reply("Comment", topic, post, base) for post in replies],
    }


def as_block(data: dict[str, Any]) -> str:
    """JSON that can stand inside a script element: nothing in it ends the element or begins another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _question(topic: Topic, opening: Post, replies: Sequence[Post], accepted: Post | None, base: str) -> dict[str, Any]:
    others = [_reply("Answer", topic, post, base) for post in replies if accepted is None or post.id != accepted.id]
    return {
        "@type": "Question",
        "name": topic.title,
        "answerCount": topic.reply_count,
        **_words(opening, base),
        **({"acceptedAnswer": _reply("Answer", topic, accepted, base)} if accepted is not None else {}),
        **({"suggestedAnswer": others} if others else {}),
    }


def _reply(kind: str, topic: Topic, post: Post, base: str) -> dict[str, Any]:
    return {"@type": kind, "url": base + number_path(topic, post.number), **_words(post, base)}


def _words(post: Post, base: str) -> dict[str, Any]:
    author = {"@type": "Person", "name": "?"}
    if post.author is not None:
        author = {"@type": "Person", "name": post.author.shown_name, "url": f"{base}/u/{quote(post.author.name)}"}
    said = {
        "text": post.plain[:LONGEST],
        "datePublished": post.created_at.isoformat(timespec="seconds"),
        "author": author,
    }
    return said | ({"dateModified": post.edited_at.isoformat(timespec="seconds")} if post.edited_at else {})
