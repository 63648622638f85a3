"""Whether a draft is the very one that a Host has read: all that would be published of it, as one short value. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from hashlib import sha256
from typing import Any

from forum.posts.drafts import EditDraft, ReplyDraft, TopicDraft

LEFT_OUT = frozenset({"body", "base", "reason", "once", "confirmed", "grounds", "waited_since", "arrival"})
"""What nobody reads in the post: how the form was sent, and why it cannot wait. `body` is taken by its source."""


def fingerprint(draft: TopicDraft | ReplyDraft | EditDraft) -> str:
    """The same for two drafts that say the same: words, title, tags, fields, times, purpose, role, and what comes along
    (a poll)."""
    said = {field.name: getattr(draft, field.name) for field in fields(draft) if field.name not in LEFT_OUT}
    said["tags"] = sorted(said.get("tags") or ())
    if not isinstance(draft, EditDraft):
        said["voice"] = asdict(draft.voice)
    text = json.dumps({**said, "source": draft.body.source}, sort_keys=True, default=_plain)
    return sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    """What JSON does not know: mappings of other kinds, and instants."""
    try:
        return dict(value)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return str(value)


def beside(draft: TopicDraft | ReplyDraft | EditDraft) -> dict[str, Any]:
    """What a Host reads beside title and text, as plain values."""
    about: dict[str, Any] = {"along": {key: dict(said) for key, said in draft.along.items()}}
    if isinstance(draft, TopicDraft | ReplyDraft):
        about |= {"role": draft.voice.role, "capacity": draft.voice.capacity}
    if isinstance(draft, TopicDraft | EditDraft):
        about |= {"tags": list(draft.tags or ()), "fields": dict(draft.fields or {})}
    return about
