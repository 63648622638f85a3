"""What is an announcement: a topic of the organization that says so, or stands on a board for them. Pure."""

from __future__ import annotations

from forum.organization.intents import Intent
from forum.posts.models import Post


def announces(board_kind: str, intent: str) -> bool:
    """Whether a topic of the organization with this purpose, on a board of this kind, goes out as one."""
    return intent == Intent.ANNOUNCE or (board_kind == "announcement" and intent != Intent.MODERATE)


def is_announcement(post: Post) -> bool:
    """Whether it opens a topic (loaded, with its board) that goes out to members."""
    topic = post.topic
    if not post.is_opening or not post.affiliation_kind:
        return False
    return bool(topic.notice) or announces(topic.board.kind, post.intent)
