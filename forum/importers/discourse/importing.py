"""Bringing an archive in: look through it, prepare people and places, then topic after topic.

Topics are rendered in helper processes beside the writing, and written whole, some at a time, each batch with its rows
of origin in one transaction: a kill at any instant leaves whole topics, and another run goes on where they end.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.db.dialect import optimise
from forum.core.errors import Conflict, Invalid
from forum.core.lines import one_line
from forum.core.markup import Job, Rendered, mention_candidates, render_many, tag_candidates
from forum.core.words import gettext as _
from forum.importers.discourse.adopting import adopt, elsewhere
from forum.importers.discourse.archive import Archive, NotAnArchive, open_archive
from forum.importers.discourse.convert import Body, body_of
from forum.importers.discourse.counting import count
from forum.importers.discourse.known import Known, posts_known, refuse_another_forum, what_is_known
from forum.importers.discourse.origin import post_rows, topic_row
from forum.importers.discourse.overview import Overview, look_through
from forum.importers.discourse.people import bring_people
from forum.importers.discourse.places import DEFAULT_FORUM, Identity, prepare_places
from forum.importers.discourse.reading import without_posts
from forum.importers.discourse.records import Skipped, SourceTopic
from forum.importers.discourse.topics import Ground, imported
from forum.importers.discourse.widgets import Setting
from forum.importers.linking import note_links
from forum.importers.models import ImportedItem, ImportSource
from forum.importers.options import Place
from forum.importers.queries import posts_without_affiliation
from forum.permissions import HOUSE, Act, Actor, require
from forum.posts.actions.importing import ImportedIds, import_topics
from forum.stewardship import actions as stewardship

_NONE: frozenset[str] = frozenset()

_LONGEST_FORUM = 80

BATCH_POSTS = 200
"""A transaction takes whole topics until it has this many posts."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an operator asks for."""

    path: Path
    organization: str = ""
    forum: str = DEFAULT_FORUM
    boards: Mapping[int, Place] = field(default_factory=dict)
    staff: frozenset[str] | None = None
    own: str = ""
    """This forum's own base address: links to it are made site-relative."""


@dataclass(slots=True)
class Outcome:
    """What an import came to. `counts` are of the database, and only of what this archive brought."""

    counts: dict[str, int]
    skipped: list[Skipped]
    """Not taken."""
    notes: list[Skipped]
    """Taken, but not just as it was."""
    written: int
    """Posts that this very run wrote."""


class Meter:
    """Hears how far things are. This one keeps it to itself."""

    def begin(self, what: str, posts: int) -> None:
        """A stage begins: so many posts will pass."""

    def pass_by(self, posts: int) -> None:
        """These are done."""

    def end(self) -> None:
        """The stage is over."""


def import_archive(actor: Actor, wanted: Wanted, meter: Meter | None = None) -> Outcome:
    """Bring everything in that is not here yet. Opens its own transactions; raises Invalid and Conflict in words."""
    require(actor, Act.IMPORT)
    try:
        return _import(wanted, meter or Meter())
    except IntegrityError as error:
        raise Conflict(
            _("Somebody else changed the same rows, perhaps another import. What came so far is whole: start again.")
        ) from error


def _import(wanted: Wanted, meter: Meter) -> Outcome:
    archive = _opened(wanted.path)
    identity = Identity(_forum(wanted.forum), _name_of(archive.folder), wanted.organization)
    survey = archive.survey()
    meter.begin(_("Looking through"), survey.posts)
    overview = look_through(archive, meter.pass_by)
    meter.end()
    known = what_is_known(reading(), identity.forum, identity.name)
    refuse_another_forum(known, overview, identity.forum)
    with transaction() as session:
        places = prepare_places(session, identity, overview, wanted.boards)
    people = bring_people(known, places, overview)
    run = _Run(
        archive=archive,
        forum=identity.forum,
        ground=Ground(places, people, wanted.staff),
        known=known,
        setting=Setting(survey.hosts, people.renamed),
        own=wanted.own,
        skipped=[*overview.skipped, *places.skipped, *_nobody(wanted.staff, overview)],
    )
    meter.begin(_("Importing"), overview.posts)
    run.take_all(meter)
    meter.end()
    note_links()
    _finish(places.source_id, changed=run.written > 0)
    _count_anew(places.boards.values())
    return Outcome(count(reading(), places.source_id), run.skipped, run.notes, run.written)


def _opened(path: Path) -> Archive:
    try:
        return open_archive(path)
    except NotAnArchive as error:
        raise Invalid(str(error)) from error


def _forum(name: str) -> str:
    name = one_line(name)
    if not name or len(name) > _LONGEST_FORUM:
        raise Invalid(_("Call the old forum by a name of at most %(n)s characters.", n=_LONGEST_FORUM))
    return name


def _name_of(folder: Path) -> str:
    name = folder.resolve().name.encode("utf-8", "replace").decode()
    return name[-200:] or "archive"


def _nobody(staff: frozenset[str] | None, overview: Overview) -> Iterator[Skipped]:
    there = {author.username.casefold() for author in overview.authors}
    for name in sorted((staff or frozenset()) - there):
        yield Skipped("staff", name, "nobody of this name wrote in the archive")


def _finish(source_id: int, *, changed: bool) -> None:
    with transaction() as session:
        session.execute(
            update(ImportSource)
            .where(ImportSource.id == source_id, ImportSource.finished_at.is_(None))
            .values(finished_at=clock.now())
        )
        if changed:
            optimise(session)


def _count_anew(board_ids: Iterable[int]) -> None:
    """The guard knows of what came, or whose it is now, at once."""
    for board_id in sorted(set(board_ids)):
        with transaction() as session:
            stewardship.settle_boards(session, [board_id], clock.now(), posts_without_affiliation())


@dataclass(slots=True)
class _Waiting:
    """A topic on its way through the renderer."""

    topic: SourceTopic
    bodies: Sequence[Body]
    results: list[Rendered] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return len(self.results) == len(self.bodies)


@dataclass(slots=True)
class _Run:
    """One run over the topics of an archive."""

    archive: Archive
    forum: str
    ground: Ground
    known: Known
    setting: Setting
    own: str
    skipped: list[Skipped]
    notes: list[Skipped] = field(default_factory=list)
    written: int = 0

    def take_all(self, meter: Meter) -> None:
        """First note what is here already, then render and write the rest."""
        if not self.known.is_new:
            self.skipped += adopt(self.archive, self.forum, self.ground, self.known, meter.pass_by)
        waiting: deque[_Waiting] = deque()
        batch: list[_Waiting] = []
        with closing(render_many(self._jobs(waiting), workers=os.cpu_count() or 1)) as results:
            for _key, rendered in results:
                waiting[0].results.append(rendered)
                if waiting[0].is_ready:
                    batch.append(waiting.popleft())
                if sum(len(topic.bodies) for topic in batch) >= BATCH_POSTS:
                    self._write(batch, meter)
                    batch = []
        self._write(batch, meter)

    def _jobs(self, waiting: deque[_Waiting]) -> Iterator[Job[int]]:
        """What the helpers are to render; each topic is put into `waiting` when its first post goes out."""
        tags = frozenset(self.ground.places.tags)
        for topic in self._new_topics():
            bodies = [body_of(post, self.setting) for post in topic.posts]
            waiting.append(_Waiting(topic, bodies))
            for post, body in zip(topic.posts, bodies, strict=True):
                yield Job(
                    key=post.id,
                    source=body.source,
                    kind=body.kind,
                    names=self.ground.people.known(mention_candidates(body.source)) if "@" in body.source else _NONE,
                    tags=tags & tag_candidates(body.source) if tags and "#" in body.source else _NONE,
                    own=self.own,
                )

    def _new_topics(self) -> Iterator[SourceTopic]:
        for topic in self.archive.topics():
            if isinstance(topic, Skipped) or topic.id in self.known.topics or not topic.posts:
                continue
            new = topic if self.known.is_new else self._without_known(topic)
            if new.posts:
                yield new
            else:
                self.skipped.append(Skipped("topic", str(topic.id), "all its posts are here already, in other topics"))

    def _without_known(self, topic: SourceTopic) -> SourceTopic:
        known = posts_known(reading(), self.forum, [post.id for post in topic.posts])
        self.skipped += [elsewhere(topic, post_id) for post_id in known]
        return without_posts(topic, set(known))[0]

    def _write(self, batch: Sequence[_Waiting], meter: Meter) -> None:
        if not batch:
            return
        topics = [imported(one.topic, one.bodies, one.results, self.ground) for one in batch]
        with transaction() as session:
            self._remember(session, batch, import_topics(session, HOUSE, topics))
        posts = sum(len(topic.posts) for topic in topics)
        self.written += posts
        meter.pass_by(posts)
        self.notes += [note for one in batch for note in _notes(one)]

    def _remember(self, session: Session, batch: Sequence[_Waiting], placed: Sequence[ImportedIds]) -> None:
        rows: list[dict[str, Any]] = []
        for one, ids in zip(batch, placed, strict=True):
            rows.append(topic_row(one.topic, ids.topic_id, self.ground))
            by_number = {post.id: ids.post_ids[post.number] for post in one.topic.posts}
            rows += post_rows(one.topic, by_number, self.ground)
        session.execute(insert(ImportedItem), rows)


def _notes(one: _Waiting) -> Iterator[Skipped]:
    for post, result in zip(one.topic.posts, one.results, strict=True):
        if result.bounded:
            yield Skipped("post", str(post.id), "took too long to render and is shown plainly")
