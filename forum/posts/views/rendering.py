"""A person's words, rendered before any transaction is opened."""

from __future__ import annotations

from forum import identity
from forum.core.db import reading
from forum.core.markup import SourceKind
from forum.core.web.running import settings
from forum.posts.drafts import Written
from forum.posts.written import written_by


def written(source: str, kind: SourceKind = SourceKind.MARKDOWN, *, board_id: int = 0) -> Written:
    """Check and render; raises Invalid. Mentions and tags become links where they lead to somebody or something;
    watched words of the board, and of the whole place, are changed."""
    return written_by(reading(), identity.actor(), source, settings().base_url, kind, board_id=board_id)
