"""Rows that say where something came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forum.importers.discourse.records import SourceTopic
from forum.importers.discourse.topics import Ground


def topic_row(topic: SourceTopic, topic_id: int, ground: Ground) -> dict[str, Any]:
    """For a topic; its old slug helps to tell links of several old forums apart."""
    return _row(ground, "topic", topic.id, topic_id) | {"foreign_name": topic.slug[:255]}


def post_rows(topic: SourceTopic, post_ids: Mapping[int, int], ground: Ground) -> Iterator[dict[str, Any]]:
    """For those of its posts whose (old) number is in `post_ids`."""
    for post in topic.posts:
        if post.id in post_ids:
            yield _row(ground, "post", post.id, post_ids[post.id]) | {"by_staff": ground.is_staff(post)}


def _row(ground: Ground, kind: str, foreign_id: int, local_id: int) -> dict[str, Any]:
    return {
        "source_id": ground.places.source_id,
        "kind": kind,
        "foreign_id": foreign_id,
        "local_id": local_id,
        "foreign_name": "",
        "by_staff": False,
    }
