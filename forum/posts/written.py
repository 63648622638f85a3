"""A person's words, rendered with the names and tags that exist: for views and for work by the clock."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from forum.accounts import queries as accounts
from forum.boards import queries as boards
from forum.core.markup import Shown, SourceKind
from forum.groups import queries as groups
from forum.holds import queries as holds
from forum.holds.words import changed
from forum.permissions import Actor
from forum.posts import drafts
from forum.posts.drafts import Written
from forum.uploads import queries as uploads


def written_by(
    session: Session,
    actor: Actor,
    source: str,
    own: str,
    kind: SourceKind = SourceKind.MARKDOWN,
    *,
    board_id: int | None = None,
) -> Written:
    """Check and render; raises Invalid. Mentions and tags become links where they lead to somebody or something, groups
    where `actor` may call them; `own` is the forum's base address. On a board (0: on any) watched words are blackened
    or replaced first. Call it before a transaction."""
    written = source
    if board_id is not None and kind is SourceKind.MARKDOWN:
        source = changed(source, holds.matcher_of(session).hits(source, board_id))

    as_written = written if written != source else ""

    def names(candidates: frozenset[str]) -> frozenset[str]:
        if not candidates:
            return frozenset()
        called = groups.mentionable(session, actor, candidates)
        return accounts.known_names(session, candidates) | frozenset(called)

    def tags(candidates: frozenset[str]) -> frozenset[str]:
        if not candidates:
            return frozenset()
        return frozenset(boards.known_tags(session, {name.casefold() for name in candidates}))

    def images(candidates: frozenset[str]) -> Mapping[str, Shown]:
        return uploads.shown(session, candidates) if candidates else {}

    return drafts.write(source, names=names, tags=tags, images=images, own=own, kind=kind, as_written=as_written)
