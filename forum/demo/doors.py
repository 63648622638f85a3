"""At the guard's doors: a reply of the demo that stands by, and what was posted all the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.demo.ground import Ground
from forum.demo.rendering import Prepared
from forum.posts.guard_models import Override, StandBy
from forum.posts.models import Post, Topic


def stand_at_doors(session: Session, prepared: Prepared, ground: Ground, topic_ids: Mapping[str, int]) -> None:
    """Write both; `topic_ids` by the keys of the texts."""
    for text in prepared.community.waiting.stand_by:
        words, until = prepared.words["stand_by", text["topic"], 0], timedelta(hours=text["until_in_hours"])
        row = StandBy(
            topic_id=topic_ids[text["topic"]],
            author_id=ground.people[text["by"]],
            created_at=ground.ago(text["kept_hours_ago"]),
            source=words.source,
            html=words.rendered.html,
            plain=words.rendered.plain,
            words=words.rendered.words,
            renderer_version=words.rendered.version,
            voice={"intent": "answer", "capacity": "official", "role": text["role"]},
            until=ground.now + until,
            look_at=ground.now + until,
        )
        session.add(row)
        session.flush()
        session.get_one(Topic, row.topic_id).stand_by_id = row.id
    for text in prepared.community.waiting.exception:
        asked = select(Post).where(Post.topic_id == topic_ids[text["topic"]], Post.number == text["number"])
        post = session.scalars(asked).one()
        session.add(
            Override(
                rule=text["rule"],
                board_id=session.get_one(Topic, post.topic_id).board_id,
                topic_id=post.topic_id,
                post_id=post.id,
                author_id=post.author_id,
                at=post.created_at,
                value=text["value"],
                limit=text["most"],
                reason=text["reason"],
                text=text["words"],
                role=post.role,
            )
        )
    session.flush()
