"""What a watched word would hit among posts that are there, before anybody watches for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from forum.holds.reading import readable
from forum.holds.words import Hit, Matcher, Watched
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.queries import visible
from forum.posts.tallies import shown

LATEST = 1000
MOST_SHOWN = 12
BESIDE = 60


@dataclass(frozen=True)
class Found:
    """A post that it would hit: the words, with some before and after them."""

    post: Post
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Trial:
    """How many of the latest posts were looked at, how many it would hit, and the latest of those."""

    looked_at: int
    count: int
    found: Sequence[Found]

    @property
    def is_clean(self) -> bool:
        return self.count == 0


def trial(session: Session, actor: Actor, watched: Watched) -> Trial:
    """Among the latest posts that the actor may read, on its board where it has one."""
    here = () if watched.board_id is None else (Topic.board_id == watched.board_id,)
    latest = (
        select(Post)
        .join(Post.topic)
        .options(contains_eager(Post.topic))
        .where(visible.posts(actor), shown(), *here)
        .order_by(Post.id.desc())
        .limit(LATEST)
    )
    matcher, looked_at, found = Matcher((watched,)), 0, []
    for post in session.scalars(latest):
        looked_at += 1
        for body in (post.source, readable(post.html)):
            text = f"{post.topic.title}\n\n{body}" if post.is_opening else body
            if hits := matcher.hits(text, post.topic.board_id):
                found.append(_found(post, text, hits[0]))
                break
    return Trial(looked_at, len(found), found[:MOST_SHOWN])


def _found(post: Post, text: str, hit: Hit) -> Found:
    before, after = text[max(0, hit.start - BESIDE) : hit.start], text[hit.end : hit.end + BESIDE]
    return Found(post, before, text[hit.start : hit.end], after)
