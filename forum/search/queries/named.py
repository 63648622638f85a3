"""What an asked line names: members, boards and tags become ids; a name that leads nowhere is said in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, or_, select, union_all
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.boards.models import Board, Tag, TagSynonym
from forum.core.words import gettext as _
from forum.permissions import Actor, Right
from forum.search.misread import Note, nearest, spelled
from forum.search.operators import Asked, written


@dataclass(frozen=True)
class Named:
    """None: nothing of the kind was asked for; an empty list: what was asked for does not exist."""

    authors: Sequence[int] | None = None
    boards: Sequence[int] | None = None
    tags: Sequence[int] | None = None
    notes: tuple[Note, ...] = ()


def named(session: Session, actor: Actor, asked: Asked) -> Named:
    """Look up what is named, in at most three small reads."""
    notes: list[Note] = []
    return Named(
        authors=_authors(session, asked, notes) if asked.authors else None,
        boards=_boards(session, actor, asked, notes) if asked.boards else None,
        tags=_tags(session, asked, notes) if asked.tags else None,
        notes=tuple(notes),
    )


def _authors(session: Session, asked: Asked, notes: list[Note]) -> list[int]:
    keys = {names.fold(name): name for name in asked.authors}
    found = dict(
        session.execute(
            select(Account.name_key, Account.id).where(Account.name_key.in_(keys), accounts.is_public())
        ).all()
    )
    missing = [name for key, name in keys.items() if key not in found]
    notes += [Note(_("Nobody here is called “%(name)s”.", name=name)) for name in missing]
    return sorted(found.values())


def _boards(session: Session, actor: Actor, asked: Asked, notes: list[Note]) -> list[int]:
    """Boards by address or name, with those below them; of boards that the actor may not see nothing is known."""
    wanted = {board.casefold(): board for board in asked.boards}
    rows = session.execute(
        select(Board.id, Board.parent_id, Board.slug, Board.name).where(Board.id.in_(actor.boards_with(Right.SEE)))
    ).all()
    found = {row.id for row in rows if {row.slug.casefold(), row.name.casefold()} & wanted.keys()}
    known = {name for row in rows if row.id in found for name in (row.slug.casefold(), row.name.casefold())}
    slugs = {name: row.slug for row in rows for name in (row.slug, row.name)}
    notes += [_no_board(asked, name, slugs) for key, name in wanted.items() if key not in known]
    return sorted(found | {row.id for row in rows if row.parent_id in found})


def _no_board(asked: Asked, name: str, slugs: Mapping[str, str]) -> Note:
    """`slugs`: the names of boards that the actor sees → their addresses."""
    sentence, alike = _("There is no board “%(name)s”.", name=name), nearest(name, slugs)
    if not alike:
        return Note(sentence)
    boards = tuple(slugs[alike] if board == name else board for board in asked.boards)
    return Note(sentence, spelled("board", slugs[alike]), written(replace(asked, boards=boards)))


def _tags(session: Session, asked: Asked, notes: list[Note]) -> list[int]:
    """Tags by address, name or synonym. All of them must be there, so one that is not leaves nothing to find."""
    wanted = {tag.lower(): tag for tag in asked.tags}
    by_name = select(Tag.id, Tag.slug, func.lower(Tag.name).label("name"))
    by_synonym = select(TagSynonym.tag_id, TagSynonym.slug, func.lower(TagSynonym.name))
    rows = session.execute(
        union_all(
            by_name.where(or_(Tag.slug.in_(wanted), func.lower(Tag.name).in_(wanted))),
            by_synonym.where(or_(TagSynonym.slug.in_(wanted), func.lower(TagSynonym.name).in_(wanted))),
        )
    ).all()
    known = {name for row in rows for name in (row.slug, row.name)}
    missing = [name for key, name in wanted.items() if key not in known]
    notes += [Note(_("There is no tag “%(name)s”.", name=name)) for name in missing]
    return [] if missing else sorted({row.id for row in rows})
