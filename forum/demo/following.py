"""How closely the demo's people follow what they took part in: as the verbs would have left it."""

from __future__ import annotations

from sqlalchemy import exists, update
from sqlalchemy.orm import Session

from forum.following.levels import Level
from forum.posts.models import Post, Topic
from forum.posts.reading_models import TopicRead


def follow_as_they_took_part(session: Session) -> None:
    """Who opened a topic watches it, who replied tracks it."""
    replied = exists().where(
        Post.topic_id == TopicRead.topic_id, Post.author_id == TopicRead.account_id, Post.number > 1
    )
    opened = exists().where(Topic.id == TopicRead.topic_id, Topic.author_id == TopicRead.account_id)
    for which, level in ((replied, Level.TRACKING), (opened, Level.WATCHING)):
        session.execute(update(TopicRead).where(which).values(level=level).execution_options(synchronize_session=False))
