"""What lists leave out for somebody who ignores people: what these began and wrote. SQL, from ids the actor brings.

As with what is muted, a topic that the member watches or tracks stays: others write in it too. What the organization
says officially stays as well.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, true

from forum.following.levels import FOLLOWED
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.reading_models import TopicRead


def topics(actor: Actor) -> ColumnElement[bool]:
    """Topics that were not begun by somebody whom the actor ignores."""
    if not actor.ignored:
        return true()
    follows = exists().where(
        TopicRead.account_id == actor.account_id, TopicRead.topic_id == Topic.id, TopicRead.level.in_(FOLLOWED)
    )
    opening = exists().where(Post.topic_id == Topic.id, Post.number == 1, _official())
    return or_(
        Topic.author_id.is_(None),
        Topic.author_id.not_in(actor.ignored),
        follows.correlate_except(TopicRead),
        opening.correlate_except(Post),
    )


def posts(actor: Actor) -> ColumnElement[bool]:
    """Posts that were not written by somebody whom the actor ignores."""
    if not actor.ignored:
        return true()
    return or_(Post.author_id.is_(None), Post.author_id.not_in(actor.ignored), _official())


def _official() -> ColumnElement[bool]:
    """As `posts/article.html` has it: said by the organization, not for oneself."""
    return and_(Post.affiliation_kind != "", Post.capacity != "personal")
