"""What was probably meant by words that find nothing: the same line with words one slip away, if that finds something.

They come from posts that the reader may read, in the places that the line asks for: the same conditions choose them.
So a suggestion names no word of a place that is closed to them, and always leads somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import CTE, ColumnElement, select
from sqlalchemy.orm import Session

from forum.core.db.dialect_search import Sought, full_text
from forum.core.folding import Phrase, phrase
from forum.posts.models import Post, Topic
from forum.search.highlights import MOST_READ
from forum.search.operators import Asked
from forum.search.slips import likeliest, slips

MOST_WORDS = 4
LOOKED_AT = 100
"""Posts, the latest with any of the words, in which the likeliest is looked for."""


def meant(session: Session, asked: Asked, wanted: Sequence[ColumnElement[bool]]) -> Asked | None:
    """The line that `asked`, which found nothing under the conditions `wanted`, was probably meant to be."""
    if not 1 <= len(asked.words) <= MOST_WORDS:
        return None
    in_title = "title" in asked.places
    alone = len(asked.phrases) == 1 and not asked.without
    corrected: list[str] = []
    for word in asked.words:
        one = phrase(word)
        if one is None or (not alone and _finds(session, Sought([one], in_title=in_title), wanted)):
            corrected.append(word)
        elif better := _better(session, word, wanted, in_title=in_title):
            corrected.append(better)
        else:
            return None
    instead = replace(asked, words=tuple(corrected), notes=())
    found = instead.words != asked.words and _finds(
        session, Sought(instead.phrases, instead.without_phrases, in_title=in_title), wanted
    )
    return instead if found else None


def _better(session: Session, word: str, wanted: Sequence[ColumnElement[bool]], *, in_title: bool) -> str:
    if not (candidates := slips(word)):
        return ""
    matching = _matching(
        session, Sought([Phrase((one,)) for one in sorted(candidates)], in_title=in_title, any_of=True)
    )
    latest = (
        select(Post.topic_id, Topic.title, Post.plain)
        .join(matching, matching.c.post_id == Post.id)
        .join(Post.topic)
        .where(*wanted)
        .order_by(matching.c.post_id.desc())
        .limit(LOOKED_AT)
    )

    def texts() -> Iterator[tuple[int, str]]:
        for topic_id, title, plain in session.execute(latest):
            yield topic_id, title
            if not in_title:
                yield topic_id, plain[:MOST_READ]

    return likeliest(candidates, texts())


def _finds(session: Session, sought: Sought, wanted: Sequence[ColumnElement[bool]]) -> bool:
    matching = _matching(session, sought)
    found = select(Post.id).join(matching, matching.c.post_id == Post.id).join(Post.topic).where(*wanted)
    return session.scalar(found.limit(1)) is not None


def _matching(session: Session, sought: Sought) -> CTE:
    """The posts that the index names. PostgreSQL guesses from a limit, and would read all rows."""
    index = full_text(session, sought)
    every = select(index.post_id.label("post_id")).select_from(index.rows).where(index.matches).cte("every")
    return every.prefix_with("MATERIALIZED", dialect="postgresql")
