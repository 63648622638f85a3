"""Making, naming, ordering and deleting the headings under which boards stand."""

from __future__ import annotations

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from forum.boards.actions.order import put_at
from forum.boards.events import SectionCreated, SectionDeleted, SectionPlaced, SectionRenamed
from forum.boards.models import Board, Section
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.site.actions import note_change, note_deed

LONGEST_NAME = 60


def create_section(session: Session, actor: Actor, name: str) -> Section:
    """A new heading after the others."""
    require(actor, Act.ADMINISTER)
    last = session.scalar(select(func.max(Section.position))) or 0
    section = Section(name=_checked(session, name), position=last + 1)
    session.add(section)
    session.flush()
    note_deed(session, actor, "section", section.id, "created", after={"name": section.name})
    emit(session, SectionCreated(section.id, actor.account_id))
    return section


def rename_section(session: Session, actor: Actor, section: Section, name: str) -> None:
    """Another name for a heading."""
    require(actor, Act.ADMINISTER)
    former, section.name = section.name, _checked(session, name, section.id)
    note_change(session, actor, "section", section.id, former, before={"name": former}, after={"name": section.name})
    emit(session, SectionRenamed(section.id, actor.account_id))


def place_section(session: Session, actor: Actor, section: Section, place: int) -> None:
    """Put a heading at `place`, counted from 1; beyond the ends means at the end."""
    require(actor, Act.ADMINISTER)
    sections = session.scalars(select(Section).order_by(Section.position, Section.id)).all()
    was, now = put_at(section, sections, place)
    note_change(session, actor, "section", section.id, section.name, before={"place": was}, after={"place": now})
    emit(session, SectionPlaced(section.id, actor.account_id))


def delete_section(session: Session, actor: Actor, section: Section) -> None:
    """Take away a heading without boards."""
    require(actor, Act.ADMINISTER)
    if session.scalar(select(exists().where(Board.section_id == section.id))):
        raise Invalid(_("There are boards in “%(name)s”. Move them to another section first.", name=section.name))
    session.delete(section)
    session.flush()
    note_deed(session, actor, "section", section.id, "deleted", before={"name": section.name})
    emit(session, SectionDeleted(section.id, actor.account_id))


def _checked(session: Session, name: str, own_id: int | None = None) -> str:
    name = one_line(name)
    if not name:
        raise Invalid(_("A section needs a name."), "name")
    if len(name) > LONGEST_NAME:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_NAME, len=len(name)), "name")
    if session.scalar(select(exists().where(Section.name == name, Section.id != (own_id or 0)))):
        raise Invalid(_("There is a section “%(name)s” already.", name=name), "name")
    return name
