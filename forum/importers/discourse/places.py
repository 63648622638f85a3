"""Where an archive's topics will stand: its source row, organization, section, boards and tags. One transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.boards import actions as boards
from forum.boards.drafts import BoardDraft, TagDraft
from forum.boards.models import Board, Section, Tag
from forum.boards.presets import preset_rights
from forum.core import clock
from forum.core.lines import one_line
from forum.core.slugs import slug_of
from forum.importers.discourse.overview import NO_CATEGORY, Overview
from forum.importers.discourse.records import Skipped
from forum.importers.models import ImportedItem, ImportSource
from forum.importers.options import Place
from forum.organization import actions as organizations
from forum.organization import queries as organization_queries
from forum.organization.models import LONGEST_NAME, LONGEST_SLUG, Organization
from forum.permissions import HOUSE

DEFAULT_FORUM = "discourse"
_LONGEST_NAME, _LONGEST_SLUG, _LONGEST_TAG = 60, 60, 40


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose numbers an archive speaks of (`forum`), and which archive it is (`name`)."""

    forum: str
    name: str
    organization: str = ""

    @property
    def heading(self) -> str:
        """What the section of its boards is called."""
        told = self.forum if self.forum != DEFAULT_FORUM else self.name
        return one_line(self.organization or told)[:_LONGEST_NAME].strip() or DEFAULT_FORUM


@dataclass(frozen=True, slots=True)
class Places:
    """Rows that topics refer to. `at` is the instant of this import, however often it is begun again."""

    source_id: int
    at: datetime
    organization_id: int | None
    boards: Mapping[int, int]
    """Category number → board id."""
    tags: Mapping[str, int]
    """Tag as written there → tag id."""
    skipped: tuple[Skipped, ...]


def prepare_places(session: Session, identity: Identity, overview: Overview, wanted: Mapping[int, Place]) -> Places:
    """Find or make everything. What an earlier import made stays as it is now."""
    source = _source(session, identity)
    found = _boards(session, source, identity, overview, wanted)
    tags, skipped = _tags(session, overview)
    return Places(source.id, source.created_at, source.organization_id, found, tags, tuple(skipped))


def _source(session: Session, identity: Identity) -> ImportSource:
    forum, name = identity.forum, identity.name
    source = session.scalars(select(ImportSource).where(ImportSource.forum == forum, ImportSource.name == name)).first()
    if source is None:
        source = ImportSource(forum=forum, name=name, created_at=clock.now())
        session.add(source)
    if identity.organization:
        source.organization_id = _organization(session, identity.organization).id
    session.flush()
    return source


def _organization(session: Session, name: str) -> Organization:
    """The one of this name; the host, where there is none yet; else a partner."""
    slug = slug_of(name, LONGEST_SLUG)
    found = session.scalars(select(Organization).where(Organization.slug == slug)).first()
    if found is not None:
        return found
    if organization_queries.host(session) is None:
        return organizations.name_host(session, HOUSE, name)
    return organizations.add_partner(session, HOUSE, one_line(name)[:LONGEST_NAME])


# ── boards ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _boards(
    session: Session, source: ImportSource, identity: Identity, overview: Overview, wanted: Mapping[int, Place]
) -> dict[int, int]:
    found = _boards_known(session, identity.forum)
    own = set(
        session.scalars(
            select(ImportedItem.foreign_id).where(ImportedItem.source_id == source.id, ImportedItem.kind == "board")
        )
    )
    for category, has_answers in overview.categories.items():
        if category not in found:
            place = wanted.get(category, Place())
            found[category] = _board(session, identity, category, place, has_answers=has_answers)
        if category not in own:
            session.add(ImportedItem(source_id=source.id, kind="board", foreign_id=category, local_id=found[category]))
    session.flush()
    return found


def _boards_known(session: Session, forum: str) -> dict[int, int]:
    rows = (
        select(ImportedItem.foreign_id, Board.id)
        .join(ImportSource, ImportSource.id == ImportedItem.source_id)
        .join(Board, Board.id == ImportedItem.local_id)
        .where(ImportSource.forum == forum, ImportedItem.kind == "board")
    )
    return {foreign_id: board_id for foreign_id, board_id in session.execute(rows)}  # noqa: C416


def _board(session: Session, identity: Identity, category: int, place: Place, *, has_answers: bool) -> int:
    """A public board; or the one that stands at the address that the operator wrote down."""
    if place.slug:
        there = session.scalar(select(Board.id).where(Board.slug == slug_of(place.slug, _LONGEST_SLUG)))
        if there is not None:
            return there
    name = place.name or ("Uncategorised" if category == NO_CATEGORY else f"Category {category}")
    draft = BoardDraft(
        name=name,
        section_id=_section(session, place.section or identity.heading),
        slug=_free(slug_of(place.slug or name, _LONGEST_SLUG) or f"category-{category}", _board_exists(session)),
        kind=place.kind or ("question" if has_answers else "discussion"),
    )
    return boards.create_board(session, HOUSE, draft, preset_rights("public")).id


def _section(session: Session, name: str) -> int:
    there = session.scalar(select(Section.id).where(Section.name == name))
    return there if there is not None else boards.create_section(session, HOUSE, name).id


def _board_exists(session: Session) -> Callable[[str], bool]:
    return lambda slug: session.scalar(select(Board.id).where(Board.slug == slug)) is not None


def _free(slug: str, taken: Callable[[str], bool]) -> str:
    number, free = 2, slug
    while taken(free):
        free = f"{slug[: _LONGEST_SLUG - 6]}-{number}"
        number += 1
    return free


# ── tags ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tags(session: Session, overview: Overview) -> tuple[dict[str, int], list[Skipped]]:
    found: dict[str, int] = {}
    skipped: list[Skipped] = []
    for written in overview.tags:
        name = one_line(written.strip().lstrip("#"))[:_LONGEST_TAG].strip()
        slug = slug_of(name, _LONGEST_TAG)
        if not slug:
            skipped.append(Skipped("tag", written[:_LONGEST_TAG], "has neither letter nor digit"))
            continue
        there = session.scalar(select(Tag.id).where(Tag.slug == slug))
        found[written] = there if there is not None else boards.create_tag(session, HOUSE, TagDraft(name)).id
    return found, skipped
