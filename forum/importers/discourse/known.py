"""What of an old forum is here already, from this archive or another; and whether it is the same forum at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core.db.dialect import max_batch
from forum.core.errors import Conflict
from forum.core.words import gettext as _
from forum.importers.discourse.overview import Overview
from forum.importers.models import ImportedItem, ImportSource
from forum.posts.models import Post, Topic


@dataclass(slots=True)
class Known:
    """Rows of one old forum by their old numbers."""

    source_id: int | None
    """Of this very archive, when it was begun before."""
    topics: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    """Local id, and when it was started."""
    people: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Local id, and the old name."""

    @property
    def is_new(self) -> bool:
        """Whether nothing of this forum ever came."""
        return not self.topics and not self.people and self.source_id is None


def what_is_known(session: Session, forum: str, name: str) -> Known:
    """Everything but the posts, which are asked for by topic."""
    source_id = session.scalar(select(ImportSource.id).where(ImportSource.forum == forum, ImportSource.name == name))
    known = Known(source_id)
    topics = (
        select(ImportedItem.foreign_id, Topic.id, Topic.created_at)
        .join(ImportSource, ImportSource.id == ImportedItem.source_id)
        .join(Topic, Topic.id == ImportedItem.local_id)
        .where(ImportSource.forum == forum, ImportedItem.kind == "topic")
    )
    for foreign_id, local_id, created_at in session.execute(topics):
        known.topics[foreign_id] = local_id, created_at
    people = (
        select(ImportedItem.foreign_id, Account.id, ImportedItem.foreign_name)
        .join(ImportSource, ImportSource.id == ImportedItem.source_id)
        .join(Account, Account.id == ImportedItem.local_id)
        .where(ImportSource.forum == forum, ImportedItem.kind == "user")
        .order_by(ImportedItem.source_id.desc())
    )
    for foreign_id, local_id, foreign_name in session.execute(people):
        known.people[foreign_id] = local_id, foreign_name
    return known


def refuse_another_forum(known: Known, overview: Overview, forum: str) -> None:
    """Conflict when the numbers of this archive evidently mean other things than those that came before.

    A topic of the same number and instant is the same topic; then a member of another name was renamed."""
    shared = 0
    for topic_id, created_at in overview.topics.items():
        before = known.topics.get(topic_id)
        if before is not None and before[1] != created_at:
            raise Conflict(_another(forum, _("Topic %(id)s", id=topic_id)))
        shared += before is not None
    if shared:
        return
    names: dict[int, set[str]] = {}
    for author in overview.authors:
        if author.id is not None and author.id > 0:  # below are the forum's own accounts, alike everywhere
            names.setdefault(author.id, set()).add(author.username.casefold())
    for user_id, called in names.items():
        if user_id in known.people and known.people[user_id][1].casefold() not in called:
            raise Conflict(_another(forum, _("User %(id)s", id=user_id)))


def _another(forum: str, what: str) -> str:
    return _(
        "%(what)s of this archive is not the one that came with an earlier archive of “%(forum)s”: it seems to be from "
        "another forum. Nothing was changed. Import it under a name of its own: --forum NAME",
        what=what,
        forum=forum,
    )


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post of the old forum that is here, in which topic, and which archives had it."""

    local_id: int
    topic_id: int
    source_ids: set[int]


def posts_known(session: Session, forum: str, foreign_ids: Sequence[int]) -> dict[int, KnownPost]:
    """Those of the posts that are here, by their old numbers."""
    found: dict[int, KnownPost] = {}
    size = max_batch(session)
    for start in range(0, len(foreign_ids), size):
        some = foreign_ids[start : start + size]
        rows = (
            select(ImportedItem.foreign_id, Post.id, Post.topic_id, ImportedItem.source_id)
            .join(ImportSource, ImportSource.id == ImportedItem.source_id)
            .join(Post, Post.id == ImportedItem.local_id)
            .where(ImportSource.forum == forum, ImportedItem.kind == "post", ImportedItem.foreign_id.in_(some))
        )
        for foreign_id, local_id, topic_id, source_id in session.execute(rows):
            found.setdefault(foreign_id, KnownPost(local_id, topic_id, set())).source_ids.add(source_id)
    return found
