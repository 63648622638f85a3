"""Which posts count when it is asked who talks how much (`organization.md` §1, *countable post*). Pure.

A published topic or reply, by a person or bot; not a note of what happened, not housekeeping (`moderate`), not hidden
or removed by somebody else, not deleted by its author within 60 minutes. That a board is one that every member may see,
and that an archive says who was staff, is asked of boards and archives.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_

from forum.organization.intents import Intent
from forum.posts.models import Post, Topic

SECOND_THOUGHTS = timedelta(minutes=60)


def meant() -> ColumnElement[bool]:
    """SQL: words that somebody wrote to the others, which no housekeeping is. What became of them is left aside."""
    return and_(Post.action == "", Post.intent != str(Intent.MODERATE))


def is_meant(post: Post) -> bool:
    """The same of a post at hand."""
    return post.action == "" and post.intent != Intent.MODERATE


def still_counts(topic: Topic, post: Post, at: datetime | None = None) -> bool:
    """Whether a post that was meant so still counted at an instant; None: whether it does as the rows are."""
    return (
        stands(post.created_at, post.author_id, post.deleted_at, post.deleted_by_id, at)
        and stands(topic.created_at, topic.author_id, topic.deleted_at, topic.deleted_by_id, at)
        and not _is_past(post.hidden_at, at)
    )


def stands(
    written_at: datetime, author_id: int | None, deleted_at: datetime | None, by_id: int | None, at: datetime | None
) -> bool:
    """Whether it was not deleted yet at that instant (None: as it is now), or by its author, after an hour."""
    if deleted_at is None or not _is_past(deleted_at, at):
        return True
    return by_id == author_id and deleted_at - written_at >= SECOND_THOUGHTS


def _is_past(happened: datetime | None, at: datetime | None) -> bool:
    return happened is not None and (at is None or happened < at)
