"""Topics that are here already, of an earlier run or of another archive of the same forum: they are not made twice, but
known to come from this archive too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import insert, select

from forum.core.db import reading, transaction
from forum.importers.discourse.archive import Archive
from forum.importers.discourse.known import Known, KnownPost, posts_known
from forum.importers.discourse.origin import post_rows, topic_row
from forum.importers.discourse.records import Skipped, SourceTopic
from forum.importers.discourse.topics import Ground
from forum.importers.models import ImportedItem

BATCH_TOPICS = 50


def adopt(
    archive: Archive, forum: str, ground: Ground, known: Known, tick: Callable[[int], object]
) -> Iterator[Skipped]:
    """Write the rows of origin that are missing; what of these topics is not here comes back."""
    batch: list[SourceTopic] = []
    for topic in archive.topics():
        if isinstance(topic, SourceTopic) and topic.id in known.topics:
            batch.append(topic)
        if len(batch) == BATCH_TOPICS:
            yield from _adopt(batch, forum, ground, known)
            tick(sum(len(topic.posts) for topic in batch))
            batch = []
    yield from _adopt(batch, forum, ground, known)
    tick(sum(len(topic.posts) for topic in batch))


def _adopt(batch: Sequence[SourceTopic], forum: str, ground: Ground, known: Known) -> Iterator[Skipped]:
    posts = posts_known(reading(), forum, [post.id for topic in batch for post in topic.posts])
    own = _topics_of(ground.places.source_id, [topic.id for topic in batch])
    rows: list[dict[str, Any]] = []
    for topic in batch:
        topic_id = known.topics[topic.id][0]
        if topic.id not in own:
            rows.append(topic_row(topic, topic_id, ground))
        missing = {
            post_id: post.local_id
            for post_id, post in posts.items()
            if post.topic_id == topic_id and ground.places.source_id not in post.source_ids
        }
        rows += post_rows(topic, missing, ground)
        yield from _absent(topic, topic_id, posts)
    if rows:
        with transaction() as session:
            session.execute(insert(ImportedItem), rows)


def _topics_of(source_id: int, foreign_ids: Sequence[int]) -> set[int]:
    rows = select(ImportedItem.foreign_id).where(
        ImportedItem.source_id == source_id, ImportedItem.kind == "topic", ImportedItem.foreign_id.in_(foreign_ids)
    )
    return set(reading().scalars(rows))


def _absent(topic: SourceTopic, topic_id: int, posts: dict[int, KnownPost]) -> Iterator[Skipped]:
    for post in topic.posts:
        if post.id not in posts:
            yield Skipped("post", str(post.id), f"topic {topic.id} was imported before without it")
        elif posts[post.id].topic_id != topic_id:
            yield elsewhere(topic, post.id)


def elsewhere(topic: SourceTopic, post_id: int) -> Skipped:
    """The old forum moved a post between two archives; it stands in one topic only."""
    return Skipped("post", str(post_id), f"of topic {topic.id} is here already, in another topic")
