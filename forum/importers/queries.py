"""Where old links lead."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.importers.models import ImportedItem
from forum.permissions import Actor
from forum.posts import queries as posts
from forum.posts.models import Topic


def old_topic(session: Session, actor: Actor, foreign_id: int, slug: str = "") -> Topic:
    """What topic `foreign_id` of an old forum became; NotFound for those who may not see it."""
    return posts.topic(session, actor, _local(session, "topic", foreign_id, slug))


def old_board(session: Session, actor: Actor, foreign_id: int) -> Board:
    """What category `foreign_id` of an old forum became; NotFound for those who may not see it."""
    slug = session.scalar(select(Board.slug).where(Board.id == _local(session, "board", foreign_id)))
    if slug is None:
        raise NotFound(_("There is no board at this address."))
    return boards.board_by_slug(session, actor, slug)


def _local(session: Session, kind: str, foreign_id: int, name: str = "") -> int:
    """Two old forums may both have used a number: then the name tells, else the first that came."""
    found = session.scalar(
        select(ImportedItem.local_id)
        .where(ImportedItem.kind == kind, ImportedItem.foreign_id == foreign_id)
        .order_by((ImportedItem.foreign_name == name).desc(), ImportedItem.source_id)
        .limit(1)
    )
    if found is None:
        raise NotFound(_("Nothing that came from elsewhere stood at this address."))
    return found
