"""Giving posts the HTML that the present renderer makes of their source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from forum.core.markup import RENDERER_VERSION, Rendered, SourceKind
from forum.permissions import Act, Actor, require
from forum.posts import texts
from forum.posts.models import Post
from forum.uploads import actions as uploads
from forum.uploads.addresses import tokens_in


@dataclass(frozen=True)
class Stale:
    """A post to render again."""

    id: int
    source: str
    kind: SourceKind
    html: str


def posts_to_render(session: Session, *, everything: bool, after: int, limit: int) -> list[Stale]:
    """The next posts, by id after `after`, that an older renderer wrote; `everything`: whoever wrote them."""
    rows = session.execute(
        select(Post.id, Post.source, Post.source_kind, Post.html)
        .where(_to_render(everything=everything), Post.id > after)
        .order_by(Post.id)
        .limit(limit)
    )
    return [Stale(row.id, row.source, SourceKind(row.source_kind), row.html) for row in rows]


def _elsewhere() -> ColumnElement[bool]:
    return Post.html.contains('class="image-elsewhere"', autoescape=True)


def posts_with_images_elsewhere(session: Session, *, after: int, limit: int) -> list[Stale]:
    """The next posts, by id after `after`, that link to images which are not here."""
    rows = session.execute(
        select(Post.id, Post.source, Post.source_kind, Post.html)
        .where(_elsewhere(), Post.id > after)
        .order_by(Post.id)
        .limit(limit)
    )
    return [Stale(row.id, row.source, SourceKind(row.source_kind), row.html) for row in rows]


def count_with_images_elsewhere(session: Session) -> int:
    """How many there are."""
    return session.scalar(select(func.count(Post.id)).where(_elsewhere())) or 0


def count_to_render(session: Session, *, everything: bool) -> int:
    """How many there are."""
    return session.scalar(select(func.count(Post.id)).where(_to_render(everything=everything))) or 0


def _to_render(*, everything: bool) -> ColumnElement[bool]:
    words = Post.source != ""  # a note of what happened has none
    return words if everything else words & (Post.renderer_version < RENDERER_VERSION)


def rerender(session: Session, actor: Actor, rendered: Sequence[tuple[Stale, Rendered]]) -> None:
    """Store new HTML for posts whose source is still the one it was made of: an edit meanwhile wins."""
    require(actor, Act.ADMINISTER)
    ids = [stale.id for stale, _ in rendered]
    stored = session.execute(
        select(Post.id, Post.source, Post.plain, Post.html).where(Post.id.in_(ids)).order_by(Post.id).with_for_update()
    )
    now = {row.id: row for row in stored}
    rows = [
        {
            "id": stale.id,
            "html": result.html,
            "plain": result.plain,
            "words": result.words,
            "renderer_version": result.version,
        }
        for stale, result in rendered
        if stale.id in now and now[stale.id].source == stale.source
    ]
    if rows:
        session.execute(update(Post), rows)
        says = {stale.id: (result.plain, result.html) for stale, result in rendered}
        texts.outdated(session, [id_ for id_, row in now.items() if says[id_] != (row.plain, row.html)])
    for stale, result in rendered:
        if stale.id in now and now[stale.id].source == stale.source:
            # What was copied here from elsewhere is from now on seen by whoever reads the post.
            uploads.use(session, actor, "post", stale.id, tokens_in(result.html), {})
