"""What came along with topics of the demo: a poll with its votes, who comes to its meetings, a reply that is begun."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.boards import kinds
from forum.demo.ground import Ground
from forum.demo.texts import COMMUNITY
from forum.drafts.models import Draft
from forum.gatherings import places
from forum.gatherings.models import Attendance
from forum.polls.models import Poll, PollOption, PollVote
from forum.posts.models import Post, Topic


def gather(session: Session, ground: Ground, topic_ids: Mapping[str, int], folder: Path = COMMUNITY) -> None:
    """Write it all: `topic_ids` by the keys of the texts."""
    texts = tomllib.loads((folder / "gathered.toml").read_text(encoding="utf-8"))
    for table in texts["poll"]:
        _poll(session, ground, topic_ids[table["topic"]], table)
    for table in texts["attendance"]:
        _attendance(session, ground, session.get_one(Topic, topic_ids[table["topic"]]), table)
    for table in texts["draft"]:
        _draft(session, ground, topic_ids[table["topic"]], table)
    session.flush()


def _draft(session: Session, ground: Ground, topic_id: int, table: Mapping[str, Any]) -> None:
    """A reply that somebody has begun."""
    session.add(
        Draft(
            account_id=ground.people[table["by"]],
            place="reply",
            place_id=topic_id,
            body=table["words"],
            updated_at=ground.ago(table["hours_ago"]),
        )
    )


def _poll(session: Session, ground: Ground, topic_id: int, table: Mapping[str, Any]) -> None:
    post = session.scalars(select(Post).where(Post.topic_id == topic_id, Post.number == 1)).one()
    post.has_poll = True
    poll = Poll(
        post_id=post.id,
        question=table["question"],
        created_at=post.created_at,
        voters=sum(map(len, table["votes"])),
        options=[
            PollOption(position=place, words=words, votes=len(votes))
            for place, (words, votes) in enumerate(zip(table["options"], table["votes"], strict=True))
        ],
    )
    session.add(poll)
    session.flush()
    session.add_all(
        PollVote(
            option_id=option.id,
            account_id=ground.people[name],
            poll_id=poll.id,
            created_at=post.created_at + timedelta(hours=place),
        )
        for option, votes in zip(poll.options, table["votes"], strict=True)
        for place, name in enumerate(votes, start=1)
    )


def _attendance(session: Session, ground: Ground, topic: Topic, table: Mapping[str, Any]) -> None:
    limit = topic.fields.get(kinds.PLACES)
    said = [(name, answer) for answer in places.ANSWERS for name in table.get(answer, ())]
    for turn, (name, answer) in enumerate(said, start=1):
        session.add(
            Attendance(
                topic_id=topic.id,
                account_id=ground.people[name],
                answer=answer,
                is_waiting=answer == places.YES and limit is not None and turn > limit,
                turn=turn,
                answered_at=topic.created_at + timedelta(minutes=20 * turn),
            )
        )
