"""A message's words, rendered before any transaction is opened."""

from __future__ import annotations

from forum.accounts import queries as accounts
from forum.boards import queries as boards
from forum.core.db import reading
from forum.core.web.running import settings
from forum.posts import drafts
from forum.posts.drafts import Written


def written(source: str) -> Written:
    """Check and render; raises Invalid. A mention is a link and tells nobody: a conversation is not public."""
    return drafts.write(source, names=_names, tags=_tags, own=settings().base_url)


def _names(candidates: frozenset[str]) -> frozenset[str]:
    return accounts.known_names(reading(), candidates) if candidates else frozenset()


def _tags(candidates: frozenset[str]) -> frozenset[str]:
    if not candidates:
        return frozenset()
    return frozenset(tag.slug for tag in boards.tags_by_slugs(reading(), {name.casefold() for name in candidates}))
