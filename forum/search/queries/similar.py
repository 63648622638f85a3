"""Topics whose titles say much the same as another title: asked while somebody types one, and beside a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.core.db.dialect_search import Sought, full_text
from forum.core.folding import Phrase, searchable
from forum.permissions import Actor
from forum.posts.addresses import topic_path
from forum.posts.models import Post, PostText, Topic
from forum.posts.queries import TopicRow, ignoring
from forum.search.queries.filters import readable

LOOKED_AT = 40
SHORTEST = 3
_MOST_WORDS = 12


@dataclass(frozen=True)
class SimilarTopic:
    """As much of a topic as a short list shows. Its board is loaded."""

    topic: Topic

    @property
    def title(self) -> str:
        return self.topic.title

    @property
    def url(self) -> str:
        return topic_path(self.topic)

    @property
    def standing(self) -> TopicRow:
        """How the topic stands, as the rows of lists say it."""
        return TopicRow(self.topic, (), ())

    @property
    def reply_count(self) -> int:
        return self.topic.reply_count


def similar(
    session: Session, actor: Actor, title: str, limit: int = 5, *, without: int | None = None
) -> Sequence[SimilarTopic]:
    """Topics that `actor` may see, most alike first, in one query; none where the title says too little. `without`:
    the id of the topic that the title belongs to."""
    own = _telling(title)
    if not own:
        return ()
    index = full_text(session, Sought([Phrase((word,)) for word in own], in_title=True, any_of=True))
    rows = session.execute(
        select(Topic, PostText.title)
        .select_from(index.rows)
        .join(Post, Post.id == index.post_id)
        .join(Post.topic)
        .join(PostText, PostText.post_id == Post.id)
        .where(index.matches, readable(actor), ignoring.topics(actor), Topic.id != (without or 0))
        .options(joinedload(Topic.board, innerjoin=True))
        .order_by(index.score.desc(), Topic.id.desc())
        .limit(LOOKED_AT)
    ).all()
    alike = [(_alike(own, text), topic) for topic, text in rows]
    alike = [(share, topic) for share, topic in alike if share >= _least(len(own))]
    alike.sort(key=lambda pair: (pair[0], pair[1].bumped_at), reverse=True)
    return [SimilarTopic(topic) for _share, topic in alike[:limit]]


def _telling(title: str) -> list[str]:
    """The words of a title that say what it is about: longer ones, or all where there are only short ones."""
    tokens = list(dict.fromkeys(searchable(title).split()))
    long = [token for token in tokens if len(token) > SHORTEST]
    return (long or tokens)[:_MOST_WORDS]


def _alike(own: Sequence[str], text: str) -> float:
    """How much of the shorter title stands in the other."""
    theirs = set(chain(_telling(text), text.split()))
    shared = sum(1 for word in own if word in theirs)
    return shared / len(own)


def _least(words: int) -> float:
    """One word of three, two of six."""
    return 1.0 if words == 1 else 0.33
