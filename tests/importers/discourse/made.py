"""Small invented archives: topics and posts as Discourse would write them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from forum.importers.discourse.records import PostType, SourcePost

Json = dict[str, Any]

ADA = {"id": 7, "username": "ada", "name": "Ada of the Loom", "trust_level": 2}


def post(number: int = 1, **other: object) -> Json:
    """A post by Ada; ids follow the number unless given."""
    return {
        "id": 1000 + number,
        "post_number": number,
        "post_type": 1,
        "created_at": f"2020-05-04T10:00:{number % 60:02}.123Z",
        "username": "ada",
        "user_id": 7,
        "cooked": "<p>Words.</p>",
        "raw": "Words.",
        **other,
    }


def by(name: str, user_id: int, number: int, **other: object) -> Json:
    """A post by somebody else."""
    return post(number, username=name, user_id=user_id, **other)


def topic(topic_id: int = 12, posts: list[Any] | None = None, **other: object) -> Json:
    """A topic of one post unless told otherwise."""
    stream = {"posts": [post()] if posts is None else posts}
    return {"id": topic_id, "title": "A loom", "slug": "a-loom", "created_at": "2020-05-04T10:00:00.987Z", **other} | {
        "post_stream": stream
    }


def jsonl(folder: Path, *lines: object) -> Path:
    """A folder whose topics.jsonl has these lines; text as it is, the rest as JSON."""
    with (folder / "topics.jsonl").open("wb") as file:
        for line in lines:
            text = line if isinstance(line, str) else json.dumps(line)
            file.write(text.encode() + b"\n")
    return folder


def source_post(raw: str | None, cooked: str = "<p>Words.</p>", **other: Any) -> SourcePost:
    """A post that was read."""
    at = datetime(2020, 5, 4, tzinfo=UTC)
    values: Json = {
        "id": 1,
        "number": 1,
        "type": PostType.REGULAR,
        "created_at": at,
        "updated_at": at,
        "author": None,
        "raw": raw,
        "cooked": cooked,
        "cooked_is_placeholder": False,
        "reply_to": None,
        "likes": 0,
        "accepted": False,
        "hidden": False,
        "wiki": False,
        "via_email": False,
        "version": 1,
        "edit_reason": "",
        "action_code": "",
    }
    return SourcePost(**{**values, **other})
