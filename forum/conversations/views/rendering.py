"""A message's words, rendered before any transaction is opened."""

from __future__ import annotations

from forum import identity
from forum.core.db import reading
from forum.core.web.running import settings
from forum.posts.drafts import Written
from forum.posts.written import written_by


def written(source: str) -> Written:
    """Check and render; raises Invalid. A mention is a link and tells nobody: a conversation is not public."""
    return written_by(reading(), identity.actor(), source, settings().base_url)
