"""Topics that are about much the same: asked while somebody types a title, and beside a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import CompoundSelect, Integer, Select, Subquery, func, literal, select, union, union_all
from sqlalchemy.orm import Session, aliased, joinedload

from forum.boards.models import Tag
from forum.core.db.dialect_search import Sought, full_text
from forum.core.folding import Phrase
from forum.permissions import Actor
from forum.posts.addresses import topic_path
from forum.posts.models import Post, Topic, TopicTag
from forum.posts.queries import TopicRow, ignoring
from forum.search.alike import LATEST, WHOLE, begun, least, telling
from forum.search.queries.filters import readable


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
    the id of the topic that the title belongs to, whose tags count as well."""
    words = telling(title)
    if not words:
        return ()
    alike = _alike(session, words, without)
    topics = session.scalars(
        select(Topic)
        .join(alike, alike.c.topic_id == Topic.id)
        .join(Post, (Post.topic_id == Topic.id) & (Post.number == 1))
        .where(readable(actor), ignoring.topics(actor), Topic.id != (without or 0))
        .options(joinedload(Topic.board, innerjoin=True))
        .order_by(alike.c.weight.desc(), Topic.bumped_at.desc(), Topic.id.desc())
        .limit(limit)
    )
    return [SimilarTopic(topic) for topic in topics]


def _alike(session: Session, words: Sequence[str], without: int | None) -> Subquery:
    """Topics with what they share: each word and tag weighs as much as it is rare among the latest that have it."""
    signs = [_titled(session, begun(word), sign) for sign, word in enumerate(words, start=1)]
    shared = union_all(*signs, _tagged(words, without)).subquery()
    weight = literal(WHOLE, Integer) // func.count().over(partition_by=shared.c.sign)
    weighed = select(shared.c.topic_id, weight.label("weight")).subquery()
    total = func.sum(weighed.c.weight)
    return (
        select(weighed.c.topic_id, total.label("weight"))
        .group_by(weighed.c.topic_id)
        .having(total >= least(len(words)))
        .subquery()
    )


def _titled(session: Session, word: Phrase, sign: int) -> Select[int, int]:
    """The latest topics with the word in their title."""
    index = full_text(session, Sought([word], in_title=True))
    latest = select(index.post_id.label("post_id")).select_from(index.rows).where(index.matches)
    found = latest.order_by(index.post_id.desc()).limit(LATEST).subquery()
    return select(Post.topic_id, literal(sign, Integer).label("sign")).join(found, found.c.post_id == Post.id)


def _tagged(words: Sequence[str], without: int | None) -> Select[int, int]:
    """The latest topics under each tag of the topic, and under tags that the title names. The index knows where the
    latest of a tag begin, so no other is looked at."""
    tags = _tags(words, without).subquery()
    later = aliased(TopicTag)
    begin = (
        select(later.topic_id)
        .where(later.tag_id == tags.c.id)
        .order_by(later.topic_id.desc())
        .limit(1)
        .offset(LATEST - 1)
        .scalar_subquery()
    )
    return (
        select(TopicTag.topic_id, (-TopicTag.tag_id).label("sign"))
        .join(tags, tags.c.id == TopicTag.tag_id)
        .where(TopicTag.topic_id >= func.coalesce(begin, 0))
    )


def _tags(words: Sequence[str], without: int | None) -> CompoundSelect[int]:
    own = select(TopicTag.tag_id.label("id")).where(TopicTag.topic_id == (without or 0))
    return union(own, select(Tag.id).where(Tag.slug.in_(words)))
