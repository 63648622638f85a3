"""Finding posts, gathered by topic: the best ones of each, in an order, page by page.

Rights stand in the same query as the words. A word that stands in very many posts is weighed in the latest of them
only (`CANDIDATES`): nobody turns so many pages, and every search stays quick however much was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import CTE, ColumnElement, Float, Integer, Select, case, func, literal, select, union_all
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.boards.models import Board, Tag
from forum.core.db.dialect_search import FullText, Sought, full_text
from forum.core.paging import Page, pages_for
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.queries.people import Person
from forum.posts.queries.rows import TopicRow
from forum.search import operators
from forum.search.highlights import Piece, excerpt, pieces
from forum.search.operators import Asked
from forum.search.queries import filters
from forum.search.queries.beside import boards_like, people_like, tags_like
from forum.search.queries.named import named

PER_PAGE = 20
MOST = 1_000
"""Topics that are counted and can be paged through."""
MOST_IN_TOPIC = 50
CANDIDATES = 3_000
"""Posts that are weighed."""
EVERYWHERE = 20
"""A word that stands in one of so many posts, or in more, is looked for from the latest post on, not in the index."""

# How much the state of a topic weighs: an answer that stands, a topic that has one, one that is outdated.
_ANSWER, _ANSWERED, _OUTDATED = 1.5, 1.2, 0.6
# And a title, among posts that all have a common word.
_TITLED = 3.0


@dataclass(frozen=True)
class Hit:
    """A post that was found, with the stretch of it that says why."""

    post: Post
    excerpt: Sequence[Piece]
    is_answer: bool


@dataclass(frozen=True)
class Found:
    """A topic with the best posts in it. `more`: how many others there match."""

    topic: Topic
    title: Sequence[Piece]
    hits: Sequence[Hit]
    more: int

    @property
    def standing(self) -> TopicRow:
        """How the topic stands, as the rows of lists say it."""
        return TopicRow(self.topic, (), ())


@dataclass(frozen=True)
class Results:
    """What a page of results shows. `asked.notes` say, too, what is called otherwise. `is_capped`: there are more than
    `count` topics."""

    asked: Asked
    page: Page[Found]
    count: int = 0
    is_capped: bool = False
    boards: Sequence[Board] = ()
    people: Sequence[Person] = ()
    tags: Sequence[Tag] = ()


def search(session: Session, actor: Actor, asked: Asked, page: int = 1) -> Results:
    """Page `page` (from 1) of what `asked` finds for `actor`. Past the end it is empty."""
    about = named(session, actor, asked)
    asked = replace(asked, notes=(*asked.notes, *about.notes))
    if asked.is_empty:
        return Results(asked, Page([], 1, 1))
    wanted = filters.conditions(session, actor, asked, about)
    hits = hits_of(session, sought(asked), wanted)
    if asked.topic is not None:
        return _in_topic(session, asked, hits)
    order = asked.order or (operators.RELEVANCE if asked.phrases else operators.NEWEST)
    rows = session.execute(_topics(hits, order, page)).all() if page <= pages_for(MOST, PER_PAGE) else []
    count = rows[0].topics if rows else 0
    return Results(
        asked,
        Page(_dressed(session, rows, asked), page, max(page, pages_for(min(count, MOST), PER_PAGE))),
        min(count, MOST),
        count > MOST,
        boards=boards_like(session, actor, asked) if page == 1 else (),
        people=people_like(session, actor, asked) if page == 1 else (),
        tags=tags_like(session, asked) if page == 1 else (),
    )


def _in_topic(session: Session, asked: Asked, hits: CTE) -> Results:
    """All on one page, in the order in which it was written."""
    ids = session.scalars(select(hits.c.post_id).order_by(hits.c.number).limit(MOST_IN_TOPIC + 1)).all()
    posts = _posts(session, ids[:MOST_IN_TOPIC])
    if not posts:
        return Results(asked, Page([], 1, 1))
    shown = [_hit(posts[post_id], asked) for post_id in ids if post_id in posts]
    topic = shown[0].post.topic
    found = Found(topic, pieces(topic.title, asked.phrases), shown, len(ids) - len(shown))
    return Results(asked, Page([found], 1, 1), 1)


# ── the statement ─────────────────────────────────────────────────────────────────────────────────────────────────────


def hits_of(session: Session, sought: Sought, wanted: Sequence[ColumnElement[bool]]) -> CTE:
    """The posts to weigh, each with its score: those with the words that are sought, if any, and all that is wanted."""
    columns = (Post.id.label("post_id"), Post.topic_id, Post.number, Post.created_at)
    if not sought.words:
        newest = select(*columns, literal(1.0, Float).label("score")).join(Post.topic).where(*wanted)
        return newest.order_by(Post.created_at.desc(), Post.id.desc()).limit(CANDIDATES).cte("hits")
    index = full_text(session, sought)
    count, reach = _first_matches(session, index)
    if count > CANDIDATES:
        return _common_hits(session, sought, wanted, columns, everywhere=reach <= EVERYWHERE * count)
    # Materialized, or PostgreSQL turns the order around and walks through everything for a rare word.
    rare = select(index.post_id.label("post_id"), index.score.label("score")).select_from(index.rows)
    rare_hits = rare.where(index.matches).cte("rare").prefix_with("MATERIALIZED")
    hits = select(*columns, rare_hits.c.score).join(rare_hits, rare_hits.c.post_id == Post.id).join(Post.topic)
    return hits.where(*wanted).cte("hits").prefix_with("MATERIALIZED")


def _matching(
    index: FullText, wanted: Sequence[ColumnElement[bool]], *columns: Any, everywhere: bool = False
) -> Select[Any]:
    return (
        select(*columns)
        .select_from(index.rows)
        .join(Post, Post.id == index.post_id)
        .join(Post.topic)
        .where(index.passes if everywhere else index.matches, *wanted)
    )


def _common_hits(
    session: Session, sought: Sought, wanted: Sequence[ColumnElement[bool]], columns: Sequence[Any], *, everywhere: bool
) -> CTE:
    """How rare a word is says nothing where it is everywhere, and costs a look at all of them: the latest posts that
    have it, and the latest titles, which weigh more."""
    titled = full_text(session, replace(sought, in_title=True))
    in_title = _latest(titled, wanted, columns, _TITLED).cte("in_title").prefix_with("MATERIALIZED")
    index = full_text(session, sought)
    latest = _latest(index, wanted, columns, 1.0, everywhere=everywhere).cte("latest").prefix_with("MATERIALIZED")
    others = select(latest).where(latest.c.post_id.not_in(select(in_title.c.post_id)))
    return union_all(select(in_title), others).cte("hits").prefix_with("MATERIALIZED")


def _latest(
    index: FullText,
    wanted: Sequence[ColumnElement[bool]],
    columns: Sequence[Any],
    weight: float,
    *,
    everywhere: bool = False,
) -> Select[Any]:
    matching = _matching(index, wanted, *columns, literal(weight, Float).label("score"), everywhere=everywhere)
    return matching.order_by(index.post_id.desc()).limit(CANDIDATES)


def sought(asked: Asked) -> Sought:
    """The words of a line as the index is asked."""
    return Sought(asked.phrases, asked.without_phrases, in_title="title" in asked.places)


def _first_matches(session: Session, index: FullText) -> tuple[int, int]:
    """How many posts match, counted until they are more than are weighed, and up to which post that was; rights and
    filters left aside."""
    every = select(index.post_id).select_from(index.rows).where(index.matches).cte("every")
    every = every.prefix_with("MATERIALIZED", dialect="postgresql")  # or it guesses from the limit, and reads all rows
    some = select(every).limit(CANDIDATES + 1).subquery()
    count, reach = session.execute(select(func.count(), func.max(some.c[0])).select_from(some)).one()
    return count, reach or 0


def _topics(hits: CTE, order: str, page: int) -> Select[Any]:
    """A row for each topic: its best two posts, how many match, and how many topics there are."""
    weighed = hits.c.score * case(
        (Topic.outdated_at.is_not(None), _OUTDATED),
        (Topic.answer_post_id == hits.c.post_id, _ANSWER),
        (Topic.answer_post_id.is_not(None), _ANSWERED),
        else_=1.0,
    )
    by, order_by = hits.c.topic_id, (weighed.desc(), hits.c.number)
    placed = (
        select(
            hits.c.topic_id,
            hits.c.post_id,
            weighed.label("score"),
            func.lead(hits.c.post_id).over(partition_by=by, order_by=order_by).label("second_id"),
            func.row_number().over(partition_by=by, order_by=order_by).label("place"),
            func.count().over(partition_by=by).label("matching"),
            func.max(hits.c.created_at).over(partition_by=by).label("newest"),
            func.min(hits.c.created_at).over(partition_by=by).label("oldest"),
            Topic.bumped_at,
            Topic.post_count,
        )
        .join(Topic, Topic.id == hits.c.topic_id)
        .subquery()
    )
    columns = placed.c.topic_id, placed.c.post_id, placed.c.second_id, placed.c.matching
    orders = {
        operators.NEWEST: placed.c.newest.desc(),
        operators.OLDEST: placed.c.oldest.asc(),
        operators.ACTIVITY: placed.c.bumped_at.desc(),
        operators.REPLIES: placed.c.post_count.desc(),
    }
    return (
        select(*columns, func.count().over().label("topics"))
        .where(placed.c.place == literal(1, Integer))
        .order_by(orders.get(order, placed.c.score.desc()), placed.c.topic_id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )


# ── what is shown ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _dressed(session: Session, rows: Sequence[Any], asked: Asked) -> list[Found]:
    ids = [post_id for row in rows for post_id in (row.post_id, row.second_id) if post_id is not None]
    posts = _posts(session, ids)
    return [_found(row, posts, asked) for row in rows if row.post_id in posts]


def _posts(session: Session, ids: Sequence[int]) -> Mapping[int, Post]:
    if not ids:
        return {}
    found = session.scalars(
        select(Post)
        .join(Post.topic)
        .join(Topic.board)
        .options(
            contains_eager(Post.topic).contains_eager(Topic.board),
            joinedload(Post.author),
            joinedload(Post.organization),
        )
        .where(Post.id.in_(ids))
    )
    return {post.id: post for post in found}


def _found(row: Any, posts: Mapping[int, Post], asked: Asked) -> Found:
    best = [posts[post_id] for post_id in (row.post_id, row.second_id) if post_id in posts]
    topic = best[0].topic
    hits = [_hit(post, asked) for post in best]
    return Found(topic, pieces(topic.title, asked.phrases), hits, row.matching - len(hits))


def _hit(post: Post, asked: Asked) -> Hit:
    return Hit(post, excerpt(post.plain, asked.phrases), post.topic.answer_post_id == post.id)
