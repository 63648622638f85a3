"""Drafts of topics that something keeps instead of publishing them, as columns and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from forum.drafts.models import Unpublished
from forum.organization.voices import Voice
from forum.posts.drafts import ReplyDraft, TopicDraft, Written


def write_down(row: Unpublished, draft: TopicDraft | ReplyDraft, along: Mapping[str, Any]) -> None:
    """Everything that the form had, with what shall come along."""
    row.source, row.voice = draft.body.source, asdict(draft.voice)
    row.along = {key: dict(answered) for key, answered in along.items()}
    if isinstance(draft, TopicDraft):
        row.title, row.tags, row.fields = draft.title, list(draft.tags), dict(draft.fields)
        row.starts_at, row.ends_at, row.wants_org = draft.starts_at, draft.ends_at, draft.wants_org


def topic_draft(row: Unpublished, body: Written, **given: Any) -> TopicDraft:
    """The topic as it was asked for; `body`: its source, rendered."""
    return TopicDraft(
        title=row.title,
        body=body,
        tags=tuple(row.tags),
        fields=row.fields,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        wants_org=row.wants_org,
        voice=Voice(**row.voice),
        along=row.along,
        **given,
    )
