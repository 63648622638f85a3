"""A topic as a line of a list, dressed with tags and faces: a fixed number of queries, whatever the list's length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, func, literal, select
from sqlalchemy.orm import Session, contains_eager, with_expression

from forum.boards.kinds import REVIEW_ON
from forum.boards.models import Tag
from forum.core import clock
from forum.permissions import Actor
from forum.posts.addresses import board_path, number_path, tag_path, topic_path, unread_path
from forum.posts.doubts import review_day
from forum.posts.models import Topic, TopicTag
from forum.posts.queries import ignoring, reading, visible
from forum.posts.queries.people import Person, people
from forum.posts.reading_models import TopicRead
from forum.posts.unread import Habits, is_new, is_unread


class Found(NamedTuple):
    """A topic, the highest number in it that the reader has seen (None: never opened), and at what level they follow
    it ("": nobody and nothing has said)."""

    topic: Topic
    position: int | None
    level: str


class Place(NamedTuple):
    """Something with a name and an address; a tag has its slug, too."""

    name: str
    url: str
    slug: str = ""


@dataclass(frozen=True)
class TopicRow:
    """A line of a list. `faces`: who opened it, then the latest voices."""

    topic: Topic
    tags: Sequence[Place]
    faces: Sequence[Person]
    unread: bool = False
    is_new: bool = False
    pinned: bool = False

    @property
    def title(self) -> str:
        return self.topic.title

    @property
    def url(self) -> str:
        """Unread topics open where the member stopped."""
        return unread_path(self.topic) if self.unread else topic_path(self.topic)

    @property
    def latest_url(self) -> str:
        return number_path(self.topic, self.topic.last_post_number or 1)

    @property
    def board(self) -> Place:
        return Place(self.topic.board.name, board_path(self.topic.board.slug))

    @property
    def reply_count(self) -> int:
        return self.topic.reply_count

    @property
    def unread_count(self) -> int:
        return self.topic.unread_count or 0

    @property
    def last_activity(self) -> datetime:
        return self.topic.last_post_at

    @property
    def starts_at(self) -> datetime | None:
        return self.topic.starts_at

    @property
    def seeded(self) -> bool:
        return self.topic.is_seed

    @property
    def notice(self) -> str:
        """Of what kind, where it is published as a notice of safety, security or law."""
        return self.topic.notice

    @property
    def solved(self) -> bool:
        return self.topic.board.kind == "question" and self.topic.is_solved

    @property
    def official(self) -> bool:
        """The organization confirmed the answer."""
        return self.solved and self.topic.org_confirmed_at is not None

    @property
    def outdated(self) -> bool:
        return self.topic.board.kind in {"question", "reference"} and self.topic.outdated_at is not None

    @property
    def review_overdue(self) -> bool:
        """A reference page that should have been looked at again."""
        day = review_day(self.topic.fields.get(REVIEW_ON)) if self.topic.board.kind == "reference" else None
        return day is not None and day < clock.now().date()

    @property
    def idea_state(self) -> str:
        """How far an idea is; empty for everything else."""
        return self.topic.idea_state if self.topic.board.kind == "idea" else ""

    @property
    def vote_count(self) -> int:
        return self.topic.vote_count

    @property
    def too_count(self) -> int:
        return self.topic.too_count

    @property
    def locked(self) -> bool:
        return self.topic.locked_at is not None

    @property
    def archived(self) -> bool:
        return self.topic.archived_at is not None


def found(actor: Actor) -> Select[Topic, int, str]:
    """Topics that lists show to `actor`, each with how far they have read it and how closely they follow it."""
    opened = and_(TopicRead.topic_id == Topic.id, TopicRead.account_id == (actor.account_id or 0))
    unread = literal(0) if actor.is_guest else reading.unread_beside(actor)
    seen: ColumnElement[int] = func.nullif(TopicRead.last_number, 0, type_=Integer)
    if not actor.is_guest:  # up to the first post that was left out
        seen = func.coalesce(reading.first_gap_beside(actor) - 1, seen)
    return (
        select(Topic, seen, func.coalesce(TopicRead.level, ""))
        .join(Topic.board)
        .outerjoin(TopicRead, opened)
        .options(contains_eager(Topic.board), with_expression(Topic.unread_count, unread))
        .where(visible.listed(actor), ignoring.topics(actor))
    )


def carries(tag: Tag) -> ColumnElement[bool]:
    """Topics under a tag."""
    return Topic.id.in_(select(TopicTag.topic_id).where(TopicTag.tag_id == tag.id))


def fetch(session: Session, rows: Select[Topic, int, str]) -> list[Found]:
    """What `found`, narrowed and ordered, finds."""
    return [Found(topic, position, level) for topic, position, level in session.execute(rows)]


class Wardrobe:
    """What a list needs beside its topics, fetched once for all lists of a page."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        rows: Iterable[Found],
        *,
        habits: Habits | None = None,
        voices: Iterable[int] = (),
    ) -> None:
        topics = [row.topic for row in rows]
        self._actor = actor
        self._habits = reading.habits_of(session, actor) if habits is None else habits
        self._now = clock.now()
        self._new_since = reading.new_since(session)
        self._tags = tags_for(session, topics)
        self.people = people(session, {*voices, *(face for topic in topics for face in topic.face_ids)})

    def dress(self, rows: Iterable[Found], *, pinned: bool = False) -> list[TopicRow]:
        """The rows of a list, in its order."""
        return [self._row(*row, pinned) for row in rows]

    def _row(self, topic: Topic, position: int | None, level: str, pinned: bool) -> TopicRow:
        tags = self._tags.get(topic.id, {})
        asked = (self._habits, topic, tags, position, level)
        reads = not self._actor.is_guest
        return TopicRow(
            topic,
            [*tags.values()],
            [self.people[face] for face in topic.face_ids if face in self.people and face not in self._actor.ignored],
            unread=reads and is_unread(*asked, self._now),
            is_new=reads and is_new(*asked, self._new_since),
            pinned=pinned,
        )


def tags_for(session: Session, topics: Sequence[Topic]) -> Mapping[int, Mapping[int, Place]]:
    """Topic id → its tags by name, each by its id, in one query."""
    if not topics:
        return {}
    rows = session.execute(
        select(TopicTag.topic_id, Tag.id, Tag.name, Tag.slug)
        .join(Tag, Tag.id == TopicTag.tag_id)
        .where(TopicTag.topic_id.in_([topic.id for topic in topics]))
        .order_by(Tag.slug)
    )
    tags: dict[int, dict[int, Place]] = defaultdict(dict)
    for topic_id, tag_id, name, slug in rows:
        tags[topic_id][tag_id] = Place(name, tag_path(slug), slug)
    return tags
