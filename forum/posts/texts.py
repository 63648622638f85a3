"""The words of posts as the search knows them: one row a post, written by whatever publishes, edits or imports.

`check` computes the rows again; `flask --app app index` and a job write those that an older forum left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from forum.core.db.dialect import upsert
from forum.core.folding import VERSION, searchable
from forum.permissions import Act, Actor, require
from forum.posts.drafts import Written
from forum.posts.models import Post, Topic
from forum.posts.text_models import PostText


class Has(IntFlag):
    """What a post holds beside words."""

    IMAGE = 1
    CODE = 2
    LINK = 4


_SIGNS = (
    (Has.IMAGE, re.compile(r'<img (?![^>]*class="[^"]*emoji)|class="image-elsewhere')),
    (Has.CODE, re.compile(r"<(?:pre|code)\b")),
    (Has.LINK, re.compile(r'<a [^>]*href="(?:https?:)?//')),
)


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A post whose row is of an older forum, with what the row is made of."""

    post_id: int
    number: int
    title: str
    plain: str
    html: str


def row(post_id: int, number: int, title: str, html: str, body: str) -> dict[str, Any]:
    """The row of a post. `title`: its topic's, as people read it; `body`: its words, `searchable` already."""
    about = searchable(title)
    return {
        "post_id": post_id,
        "title": about if number == 1 else "",
        "body": body,
        "context": "" if number == 1 else about,
        "has": int(sum(sign for sign, found in _SIGNS if found.search(html))),
        "version": VERSION,
    }


def keep(session: Session, topic: Topic, post: Post, body: Written) -> None:
    """Write the row of a new or reworded post (flushed)."""
    values = row(post.id, post.number, topic.title, post.html, body.searchable)
    upsert(session, PostText.__table__, [values], key=["post_id"], update=values.keys() - {"post_id"})  # type: ignore[arg-type]


def retitled(session: Session, topic: Topic) -> None:
    """The title of a topic changed, or posts came to it (flushed): it stands in the rows of all its posts."""
    about, opens = searchable(topic.title), Post.number == 1
    for where, values in ((opens, {"title": about, "context": ""}), (~opens, {"title": "", "context": about})):
        posts = select(Post.id).where(Post.topic_id == topic.id, where)
        session.execute(
            update(PostText)
            .where(PostText.post_id.in_(posts))
            .values(values)
            .execution_options(synchronize_session=False)
        )


def outdated(session: Session, post_ids: Sequence[int]) -> None:
    """Posts were rendered anew and say something else now: their rows are to be written again."""
    session.execute(update(PostText).where(PostText.post_id.in_(post_ids)).values(version=0))


def count_unwritten(session: Session) -> int:
    """How many rows are of an older forum."""
    return session.scalar(select(func.count()).select_from(PostText).where(PostText.version < VERSION)) or 0


def unwritten(session: Session, limit: int) -> list[Unwritten]:
    """The next of them."""
    rows = session.execute(
        select(Post.id, Post.number, Topic.title, Post.plain, Post.html)
        .join(PostText, PostText.post_id == Post.id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(PostText.version < VERSION)
        .order_by(PostText.version, Post.id)
        .limit(limit)
    )
    return [Unwritten(*found) for found in rows]


def rows_of(found: Sequence[Unwritten]) -> list[dict[str, Any]]:
    """Their rows, computed before any transaction."""
    return [row(post.post_id, post.number, post.title, post.html, searchable(post.plain)) for post in found]


def write_again(session: Session, actor: Actor, rows: Sequence[dict[str, Any]]) -> None:
    """Store rows that are still of an older forum: whoever edited meanwhile has written a newer one."""
    require(actor, Act.ADMINISTER)
    ids = [values["post_id"] for values in rows]
    waiting = set(
        session.scalars(
            select(PostText.post_id)
            .where(PostText.post_id.in_(ids), PostText.version < VERSION)
            .order_by(PostText.post_id)
            .with_for_update()
        )
    )
    if left := [values for values in rows if values["post_id"] in waiting]:
        session.execute(update(PostText), left)
