"""Where drafts belong: the title and the address of their places, for those who may still see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.boards import queries as boards
from forum.boards.models import Board
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.queries import visible

At = tuple[str, int]


@dataclass(frozen=True)
class Spot:
    """A place where one writes: what it is called, and where its editor stands."""

    title: str
    url: str


def spots(session: Session, actor: Actor, places: Iterable[At]) -> Mapping[At, Spot]:
    """(kind, id) → where it is. Places that the actor may not see (any more) are left out."""
    wanted: dict[str, set[int]] = {}
    for place, place_id in places:
        wanted.setdefault(place, set()).add(place_id)
    found: dict[At, Spot] = {}
    if ids := wanted.get("topic"):
        rows = session.execute(select(Board.id, Board.slug, Board.name).where(Board.id.in_(ids), boards.visible(actor)))
        found |= {("topic", row.id): Spot(row.name, f"/b/{row.slug}/new") for row in rows}
    if ids := wanted.get("reply"):
        topics = session.execute(select(Topic.id, Topic.title).where(Topic.id.in_(ids), visible.topics(actor)))
        found |= {("reply", row.id): Spot(row.title, f"/t/{row.id}#reply") for row in topics}
    if ids := wanted.get("aside"):
        asked = select(Topic.id, Topic.slug, Topic.title).where(Topic.id.in_(ids), visible.topics(actor))
        aside = session.execute(asked)
        found |= {("aside", row.id): Spot(row.title, f"/t/{row.id}-{row.slug}?aside=1#reply") for row in aside}
    if ids := wanted.get("edit"):
        edited = session.execute(
            select(Post.id, Topic.title).join(Post.topic).where(Post.id.in_(ids), visible.posts(actor))
        )
        found |= {("edit", row.id): Spot(row.title, f"/p/{row.id}/edit") for row in edited}
    return found


def was_posted(session: Session, actor: Actor, once: str) -> bool:
    """Whether the actor's form with this token was posted already."""
    if not once or actor.account_id is None:
        return False
    return session.scalar(select(Post.id).where(Post.author_id == actor.account_id, Post.once == once[:40])) is not None
