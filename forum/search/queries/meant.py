"""What was probably meant by words that find nothing: the same line with words one slip away, if that finds something.

They come from posts that the reader may read, in the places that the line asks for: the same conditions choose them.
So a suggestion names no word of a place that is closed to them, and always leads somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from forum.core.db.dialect_search import Sought, standing
from forum.core.folding import Phrase
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.search.highlights import MOST_READ
from forum.search.operators import Asked
from forum.search.queries import filters
from forum.search.queries.finding import hits_of, sought
from forum.search.queries.named import named
from forum.search.slips import likeliest, slips

MOST_WORDS = 4
LOOKED_AT = 100
"""Posts, the latest with any of the words, in which the likeliest is looked for."""


def meant(session: Session, actor: Actor, asked: Asked) -> Asked | None:
    """The line that `asked`, which found nothing, was probably meant to be."""
    if not 1 <= len(asked.words) <= MOST_WORDS or asked.topic is not None:
        return None
    wanted = filters.conditions(session, actor, asked, named(session, actor, asked))

    def finds(line: Asked) -> bool:
        hits = hits_of(session, sought(line), wanted)
        return session.scalar(select(hits.c.post_id).limit(1)) is not None

    alone = len(asked.phrases) == 1 and not asked.without
    corrected: list[str] = []
    for word in asked.words:
        if not alone and finds(replace(asked, words=(word,), exact=(), without=())):
            corrected.append(word)
        elif better := _better(session, asked, word, wanted):
            corrected.append(better)
        else:
            return None
    instead = replace(asked, words=tuple(corrected), notes=())
    return instead if instead.words != asked.words and finds(instead) else None


def _better(session: Session, asked: Asked, word: str, wanted: Sequence[ColumnElement[bool]]) -> str:
    candidates = slips(word)
    stand = standing(session, sorted(candidates)) if candidates else []
    if not stand:
        return ""
    in_title = "title" in asked.places
    hits = hits_of(session, Sought([Phrase((one,)) for one in stand], in_title=in_title, any_of=True), wanted)
    latest = (
        select(Topic.id, Topic.title, Post.plain)
        .join_from(Post, Topic, Topic.id == Post.topic_id)
        .join(hits, hits.c.post_id == Post.id)
        .order_by(Post.id.desc())
        .limit(LOOKED_AT)
    )

    def texts() -> Iterator[tuple[int, str]]:
        for topic_id, title, plain in session.execute(latest):
            yield topic_id, title
            if not in_title:
                yield topic_id, plain[:MOST_READ]

    return likeliest(candidates, texts())
