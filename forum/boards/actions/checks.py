"""What a board's draft must keep to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forum.boards import kinds
from forum.boards.drafts import LONGEST_GUIDANCE, BoardDraft
from forum.boards.models import Board, Section
from forum.core.errors import Conflict, InvalidFields
from forum.core.lines import one_line
from forum.core.slugs import slug_of
from forum.core.words import gettext as _
from forum.core.zones import is_time_zone

LONGEST_NAME = 60
LONGEST_SLUG = 60
LONGEST_DESCRIPTION = 300
SLOWEST_MINUTES = 1440
MOST_TAGS = 5


def checked(session: Session, draft: BoardDraft, board: Board | None = None) -> BoardDraft:
    """The draft as it will be stored; InvalidFields with every rule that it breaks. `board`: the one being edited."""
    name, description = one_line(draft.name), one_line(draft.description)
    slug = slug_of(draft.slug or name, LONGEST_SLUG)
    wrong: dict[str, str] = {}
    if not name:
        wrong["name"] = _("A board needs a name.")
    elif len(name) > LONGEST_NAME:
        wrong["name"] = too_long(name, LONGEST_NAME)
    elif not slug:
        wrong["slug"] = _("Choose an address of letters or digits.")
    elif other := _at(session, slug, board):
        wrong["slug"] = _("“%(name)s” has this address already. Choose another one.", name=other)
    if len(description) > LONGEST_DESCRIPTION:
        wrong["description"] = too_long(description, LONGEST_DESCRIPTION)
    if draft.kind not in kinds.KEYS:
        wrong["kind"] = _("Choose one of the kinds.")
    if len(draft.guidance_source) > LONGEST_GUIDANCE:
        wrong["guidance"] = too_long(draft.guidance_source, LONGEST_GUIDANCE)
    if not is_time_zone(draft.time_zone):
        wrong["time_zone"] = _("There is no time zone of this name. Choose one from the list.")
    wrong |= _numbers(draft)
    section_id, misplaced = _place(session, draft, board)
    if misplaced:
        wrong["place"] = misplaced
    if wrong:
        raise InvalidFields(wrong)
    offered = {field.key for field in kinds.may_be_required(draft.kind)}
    required = tuple(sorted(offered.intersection(draft.required_fields)))
    draft = replace(draft, name=name, slug=slug, description=description, section_id=section_id)
    return replace(draft, required_fields=required)


def _numbers(draft: BoardDraft) -> dict[str, str]:
    wrong = {}
    if not 0 <= draft.slow_minutes <= SLOWEST_MINUTES:
        wrong["slow_minutes"] = _("Choose from 1 to %(n)s minutes, or nothing.", n=SLOWEST_MINUTES)
    if not 0 <= draft.tags_least <= MOST_TAGS:
        wrong["tags_least"] = _("Choose from 1 to %(n)s tags, or nothing.", n=MOST_TAGS)
    return wrong


def too_long(text: str, longest: int) -> str:
    """The sentence for a text that is."""
    return _("At most %(n)s characters; these are %(len)s.", n=longest, len=len(text))


@contextmanager
def taken_meanwhile() -> Iterator[None]:
    """Two who take the same address at once: the second is told so."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(_("Somebody else has just taken this address. Nothing was saved; send it once more.")) from error


def _at(session: Session, slug: str, board: Board | None) -> str | None:
    own = board.id if board is not None else 0
    return session.scalar(select(Board.name).where(Board.slug == slug, Board.id != own))


def _place(session: Session, draft: BoardDraft, board: Board | None) -> tuple[int, str]:
    """The section in which the board will stand, and what is wrong with that."""
    if draft.parent_id is None:
        there = session.scalar(select(exists().where(Section.id == draft.section_id)))
        return draft.section_id, "" if there else _("This section is gone. Choose another one.")
    parent = session.get(Board, draft.parent_id)
    if parent is None:
        return draft.section_id, _("The board above is gone. Choose another place.")
    return parent.section_id, _misfit(session, parent, board)


def _misfit(session: Session, parent: Board, board: Board | None) -> str:
    if parent.parent_id is not None:
        return _("“%(name)s” is below another board. Boards stand on two levels only.", name=parent.name)
    if board is None:
        return _("“%(name)s” is archived.", name=parent.name) if parent.archived_at is not None else ""
    if parent.id == board.id:
        return _("A board cannot stand below itself.")
    if session.scalar(select(exists().where(Board.parent_id == board.id))):
        return _("This board has boards below it, so it cannot stand below another one.")
    if parent.archived_at is not None and board.archived_at is None:
        return _("“%(name)s” is archived.", name=parent.name)
    return ""
