"""A person's words, rendered before any transaction is opened."""

from __future__ import annotations

from collections.abc import Mapping

from forum import identity
from forum.accounts import queries as accounts
from forum.boards import queries as boards
from forum.core.db import reading
from forum.core.markup import Shown, SourceKind
from forum.core.web.running import settings
from forum.groups import queries as groups
from forum.posts import drafts
from forum.posts.drafts import Written
from forum.uploads import queries as uploads


def written(source: str, kind: SourceKind = SourceKind.MARKDOWN) -> Written:
    """Check and render; raises Invalid. Mentions and tags become links where they lead to somebody or something."""
    return drafts.write(source, names=_names, tags=_tags, images=_images, own=settings().base_url, kind=kind)


def _names(candidates: frozenset[str]) -> frozenset[str]:
    if not candidates:
        return frozenset()
    session = reading()
    return accounts.known_names(session, candidates) | frozenset(
        groups.mentionable(session, identity.actor(), candidates)
    )


def _images(candidates: frozenset[str]) -> Mapping[str, Shown]:
    return uploads.shown(reading(), candidates) if candidates else {}


def _tags(candidates: frozenset[str]) -> frozenset[str]:
    if not candidates:
        return frozenset()
    known = boards.known_tags(reading(), {name.casefold() for name in candidates})
    return frozenset(known)
