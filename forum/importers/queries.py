"""Where old links lead."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.importers.models import ImportedItem, ImportSource
from forum.permissions import Actor
from forum.posts import queries as posts
from forum.posts.models import Post, Topic
from forum.search.links import OldAddress


def old_topic(session: Session, actor: Actor, foreign_id: int, slug: str = "") -> Topic:
    """What topic `foreign_id` of an old forum became; NotFound for those who may not see it."""
    return posts.topic(session, actor, _local(session, "topic", foreign_id, slug))


def old_board(session: Session, actor: Actor, foreign_id: int) -> Board:
    """What category `foreign_id` of an old forum became; NotFound for those who may not see it."""
    slug = session.scalar(select(Board.slug).where(Board.id == _local(session, "board", foreign_id)))
    if slug is None:
        raise NotFound(_("There is no board at this address."))
    return boards.board_by_slug(session, actor, slug)


def old_post(session: Session, actor: Actor, foreign_id: int) -> Post:
    """What post `foreign_id` of an old forum became; NotFound for those who may not see it."""
    return posts.post(session, actor, _local(session, "post", foreign_id))


def old_topics(session: Session, addresses: Collection[OldAddress]) -> dict[OldAddress, int]:
    """Old address → the id of what stood there, for those that are known."""
    return _locals(session, "topic", addresses)


def _local(session: Session, kind: str, foreign_id: int, name: str = "") -> int:
    address = OldAddress(name, foreign_id)
    found = _locals(session, kind, [address])
    if address not in found:
        raise NotFound(_("Nothing that came from elsewhere stood at this address."))
    return found[address]


def _locals(session: Session, kind: str, addresses: Collection[OldAddress]) -> dict[OldAddress, int]:
    """Two old forums may both have used a number: then the name tells, else the first that came."""
    rows = session.execute(
        select(ImportedItem.foreign_id, ImportedItem.foreign_name, ImportedItem.local_id)
        .where(ImportedItem.kind == kind, ImportedItem.foreign_id.in_({address.number for address in addresses}))
        .order_by(ImportedItem.source_id)
    ).all()
    first: dict[int, int] = {}
    called: dict[OldAddress, int] = {}
    for foreign_id, name, local_id in rows:
        first.setdefault(foreign_id, local_id)
        called.setdefault(OldAddress(name, foreign_id), local_id)
    known = (address for address in addresses if address.number in first)
    return {address: called.get(address, first[address.number]) for address in known}


def posts_without_affiliation() -> Select[int]:
    """SQL: posts that came with archives of which nobody said who was staff; figures about the host leave them out."""
    return (
        select(ImportedItem.local_id)
        .join(ImportSource, ImportSource.id == ImportedItem.source_id)
        .where(ImportedItem.kind == "post")
        .group_by(ImportedItem.local_id)
        .having(func.max(ImportSource.organization_id).is_(None))
    )
