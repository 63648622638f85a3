"""What the tests of polls share."""

from __future__ import annotations

from unittest.mock import patch

from sqlalchemy.orm import Session

from forum.core import events
from forum.polls import queries
from forum.polls.ballots import Ballot
from forum.polls.models import Poll
from forum.posts import queries as posts
from forum.posts.models import Post
from tests import cast

WHICH = Ballot("Which gut?", ("Sheep", "Nylon", "Neither"))


def polled(session: Session, where, by, ballot: Ballot = WHICH) -> Post:
    """A topic whose opening post has a poll."""
    topic = cast.topic(session, where, by, along={"poll": ballot.kept()})
    post = session.query(Post).filter_by(topic_id=topic.id, number=1).one()
    return posts.post(session, cast.actor(session, by), post.id)


def ready(session: Session, actor, post_id: int) -> tuple[Post, Poll]:
    """Post and poll as verbs want them."""
    post = posts.post(session, actor, post_id)
    return post, queries.poll_for_update(session, post)


def heard(session):
    """What is announced inside: `with heard(session) as said`."""
    said: list[object] = []
    real = events.emit

    class _Heard:
        def __enter__(self):
            self.patches = [
                patch(f"{module}.emit", lambda s, event: (said.append(event), real(s, event)))
                for module in ("forum.polls.actions",)
            ]
            for one in self.patches:
                one.start()
            return said

        def __exit__(self, *_):
            for one in self.patches:
                one.stop()

    return _Heard()
