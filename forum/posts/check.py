"""What every counter and pointer means, as SQL over the rows; and how to mend one that is off.

`flask --app app check` runs it. The list is in the order of repair: topics first, what is summed from them after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, Select, case, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from forum.accounts.actions.ignoring import FOR_GOOD
from forum.accounts.models import Account, GroupMember, GroupRow, IgnoredMember
from forum.boards.models import Board, Tag
from forum.core.db import UtcDateTime
from forum.core.db.dialect import upsert
from forum.core.db.dialect_search import mend_index
from forum.core.folding import VERSION, searchable
from forum.organization.models import Organization
from forum.posts import standing, texts
from forum.posts.models import Post, Revision, Topic, TopicTag
from forum.posts.tallies import FACES, SOFT_INTENTS, faces, shown
from forum.posts.text_models import PostText
from forum.site.models import Site

BATCH = 500


@dataclass(frozen=True)
class Drift:
    """A stored value that is not what the rows say."""

    what: str
    row_id: int
    stored: Any
    expected: Any


@dataclass(frozen=True)
class Rule:
    """`column` must equal `expected`, a subquery correlated to the column's own row."""

    column: InstrumentedAttribute[Any]
    expected: ScalarSelect[Any]

    @property
    def what(self) -> str:
        return f"{self.column.class_.__tablename__}.{self.column.key}"


def _of_topic(*columns: Any) -> Select[Any]:
    return select(*columns).where(Post.topic_id == Topic.id).correlate(Topic)


def _last_shown(column: Any) -> ScalarSelect[Any]:
    return _of_topic(column).where(shown()).order_by(Post.number.desc()).limit(1).scalar_subquery()


def _bump() -> Any:
    at = case((Post.revision_count > 0, func.coalesce(Post.edited_at, Post.created_at)), else_=Post.created_at)
    latest = _of_topic(at).where(shown(), Post.intent.not_in(SOFT_INTENTS)).order_by(Post.number.desc()).limit(1)
    return select(func.coalesce(latest.scalar_subquery(), Topic.created_at)).correlate(Topic).scalar_subquery()


def _or_zero(value: ScalarSelect[Any], owner: Any) -> ScalarSelect[Any]:
    return select(func.coalesce(value, 0)).correlate(owner).scalar_subquery()


def _posts_of(owner: Any, *where: Any) -> ScalarSelect[Any]:
    return (
        select(func.count())
        .select_from(Post)
        .join(Topic, Topic.id == Post.topic_id)
        .where(shown(), Topic.deleted_at.is_(None), *where)
        .correlate(owner)
        .scalar_subquery()
    )


def _topics_of(owner: Any, *where: Any) -> ScalarSelect[Any]:
    return (
        select(func.count())
        .select_from(Topic)
        .where(Topic.deleted_at.is_(None), *where)
        .correlate(owner)
        .scalar_subquery()
    )


def _ignores_until() -> ScalarSelect[Any]:
    latest = func.max(func.coalesce(IgnoredMember.until, FOR_GOOD), type_=UtcDateTime())
    return select(latest).where(IgnoredMember.account_id == Account.id).correlate(Account).scalar_subquery()


def _accepted() -> ScalarSelect[Any]:
    """The accepted post, as long as it is a shown one of this very topic."""
    return (
        select(Post.id)
        .where(Post.id == Topic.accepted_post_id, Post.topic_id == Topic.id, shown())
        .correlate(Topic)
        .scalar_subquery()
    )


def _latest_on_board() -> ScalarSelect[Any]:
    return (
        select(Topic.id)
        .where(Topic.board_id == Board.id, Topic.deleted_at.is_(None), Topic.hidden_at.is_(None))
        .order_by(Topic.bumped_at.desc(), Topic.id.desc())
        .limit(1)
        .correlate(Board)
        .scalar_subquery()
    )


def _host() -> ScalarSelect[Any]:
    named = select(Organization.name).where(Organization.is_host).order_by(Organization.id).limit(1).scalar_subquery()
    return select(func.coalesce(named, "")).scalar_subquery()


RULES: Sequence[Rule] = (
    Rule(
        Post.revision_count,
        select(func.count()).where(Revision.post_id == Post.id).correlate(Post).scalar_subquery(),
    ),
    *(Rule(column, meaning) for column, meaning in standing.OF_POSTS.items()),
    Rule(Topic.accepted_post_id, _accepted()),
    Rule(
        Topic.hidden_at,
        select(Post.hidden_at).where(Post.topic_id == Topic.id, Post.number == 1).correlate(Topic).scalar_subquery(),
    ),
    *(Rule(column, meaning) for column, meaning in standing.OF_TOPICS.items()),
    Rule(Topic.post_count, _of_topic(func.count()).where(shown()).scalar_subquery()),
    Rule(Topic.last_number, _of_topic(func.coalesce(func.max(Post.number), 0)).scalar_subquery()),
    Rule(Topic.last_post_id, _last_shown(Post.id)),
    Rule(Topic.last_post_number, _or_zero(_last_shown(Post.number), Topic)),
    Rule(
        Topic.last_post_at,
        select(func.coalesce(_last_shown(Post.created_at), Topic.created_at)).correlate(Topic).scalar_subquery(),
    ),
    Rule(Topic.bumped_at, _bump()),
    Rule(Board.topic_count, _topics_of(Board, Topic.board_id == Board.id)),
    Rule(Board.post_count, _posts_of(Board, Topic.board_id == Board.id)),
    Rule(Board.last_topic_id, _latest_on_board()),
    Rule(Account.topic_count, _topics_of(Account, Topic.author_id == Account.id)),
    Rule(Account.post_count, _posts_of(Account, Post.author_id == Account.id)),
    Rule(Account.accepted_count, _posts_of(Account, Post.author_id == Account.id, Topic.accepted_post_id == Post.id)),
    Rule(Account.ignores_until, _ignores_until()),
    Rule(
        GroupRow.member_count,
        select(func.count()).where(GroupMember.group_id == GroupRow.id).correlate(GroupRow).scalar_subquery(),
    ),
    Rule(Site.host, _host()),
    Rule(
        Tag.topic_count,
        select(func.count())
        .select_from(TopicTag)
        .join(Topic, Topic.id == TopicTag.topic_id)
        .where(TopicTag.tag_id == Tag.id, Topic.deleted_at.is_(None))
        .correlate(Tag)
        .scalar_subquery(),
    ),
)


def drifts(session: Session, *, repair: bool = False, further: Sequence[Rule] = ()) -> Iterator[Drift]:
    """Every value that is off; with `repair` (in a writing transaction) each is set right. `further`: rules of the
    capabilities above."""
    for rule in (*RULES, *further):
        yield from _check(session, rule, repair=repair)
        if rule.column is Topic.bumped_at:
            yield from _check_faces(session, repair=repair)
    yield from _check_texts(session, repair=repair)


def mend(session: Session, rules: Sequence[Rule]) -> None:
    """Set right whatever is off by these rules, of all rows: for small tables."""
    for rule in rules:
        list(_check(session, rule, repair=True))


def settle_faces(session: Session, topic_ids: Sequence[int]) -> None:
    """Who takes part in these topics, from the rows."""
    for start in range(0, len(topic_ids), BATCH):
        some = list(topic_ids[start : start + BATCH])
        voices = _voices(session, some)
        for topic_id, author_id in session.execute(select(Topic.id, Topic.author_id).where(Topic.id.in_(some))).all():
            now = faces(author_id, voices.get(topic_id, []))
            session.execute(update(Topic).where(Topic.id == topic_id).values(face_ids=now))


def settle(session: Session, model: type[Any], ids: Sequence[int]) -> None:
    """Set every counter and pointer of these rows as the rows they stand for say: for verbs that move many at once."""
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        for rule in RULES:
            if rule.column.class_ is model:
                session.execute(
                    update(model)
                    .where(model.id.in_(some))
                    .values({rule.column.key: rule.expected})
                    .execution_options(synchronize_session=False)
                )
    session.flush()
    for row in [row for row in session.identity_map.values() if isinstance(row, model)]:
        session.expire(row)


def _check(session: Session, rule: Rule, *, repair: bool) -> Iterator[Drift]:
    model = rule.column.class_
    off = session.execute(
        select(model.id, rule.column, rule.expected).where(rule.column.is_distinct_from(rule.expected))
    ).all()
    for row_id, stored, expected in off:
        yield Drift(rule.what, row_id, stored, expected)
        if repair:
            session.execute(update(model).where(model.id == row_id).values({rule.column.key: rule.expected}))


def _check_faces(session: Session, *, repair: bool) -> Iterator[Drift]:
    last_id = 0
    while True:
        topics = session.execute(
            select(Topic.id, Topic.author_id, Topic.face_ids).where(Topic.id > last_id).order_by(Topic.id).limit(BATCH)
        ).all()
        if not topics:
            return
        voices = _voices(session, [topic.id for topic in topics])
        for topic in topics:
            expected = faces(topic.author_id, voices.get(topic.id, []))
            if list(topic.face_ids) != expected:
                yield Drift("topics.face_ids", topic.id, topic.face_ids, expected)
                if repair:
                    session.execute(update(Topic).where(Topic.id == topic.id).values(face_ids=expected))
        last_id = topics[-1].id


def _check_texts(session: Session, *, repair: bool) -> Iterator[Drift]:
    """What the search reads of each post. Rows of an older forum are not off: they wait to be written again."""
    last_id = 0
    table = PostText.__table__
    posts = (
        select(Post.id, Post.number, Topic.title, Post.html, Post.plain, *table.c)
        .join(Topic, Topic.id == Post.topic_id)
        .outerjoin(PostText, PostText.post_id == Post.id)
        .where(Post.action == "")
        .order_by(Post.id)
        .limit(BATCH)
    )
    while found := session.execute(posts.where(Post.id > last_id)).all():
        last_id = found[-1].id
        for post in found:
            expected = texts.row(post.id, post.number, post.title, post.html, searchable(post.plain))
            stored = {column.name: post._mapping[column] for column in table.c}
            if stored["post_id"] is None or (stored["version"] == VERSION and stored != expected):
                yield Drift("post_texts", post.id, _apart(stored, expected), _apart(expected, stored))
                if repair:
                    upsert(session, table, [expected], key=["post_id"], update=expected.keys() - {"post_id"})  # type: ignore[arg-type]
    if repair and mend_index(session):
        yield Drift("post_index", 0, "something else", "what post_texts says")


def _apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if value != other[name]}


def _voices(session: Session, topic_ids: list[int]) -> dict[int, list[int]]:
    """Topic id → its latest authors, latest first."""
    latest = func.max(Post.number).label("latest")
    ranked = (
        select(
            Post.topic_id,
            Post.author_id,
            func.row_number().over(partition_by=Post.topic_id, order_by=latest.desc()).label("rank"),
        )
        .where(Post.topic_id.in_(topic_ids), Post.author_id.is_not(None), shown())
        .group_by(Post.topic_id, Post.author_id)
        .subquery()
    )
    voices: dict[int, list[int]] = {}
    for topic_id, author_id in session.execute(
        select(ranked.c.topic_id, ranked.c.author_id).where(ranked.c.rank <= FACES + 1).order_by(ranked.c.rank)
    ):
        voices.setdefault(topic_id, []).append(author_id)
    return voices
