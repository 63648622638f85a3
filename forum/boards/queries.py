"""Reads of boards, rights and tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    SQLColumnExpression,
    and_,
    exists,
    null,
    or_,
    select,
)
from sqlalchemy.orm import Session, joinedload, with_expression

from forum.accounts.models import Account, GroupMember
from forum.boards.models import Board, BoardRight, FormerBoardSlug, Section, Tag, TagSynonym
from forum.boards.rights import Rights, rights_for, rights_of_guests, rights_on
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Group, Right, allows


@dataclass(frozen=True, slots=True)
class BoardView:
    """A board as lists show it. `last_topic_id` is the topic with the latest bump."""

    id: int
    slug: str
    name: str
    description: str
    kind: str
    position: int
    archived_at: datetime | None
    topic_count: int
    post_count: int
    last_topic_id: int | None
    subs: tuple[BoardView, ...] = ()

    @property
    def board_id(self) -> int:
        """A board is its own board, so that rules can ask it."""
        return self.id


@dataclass(frozen=True, slots=True)
class SectionView:
    """A heading with the boards below it, archived ones apart."""

    id: int
    name: str
    boards: tuple[BoardView, ...]
    archived: tuple[BoardView, ...]


# ── rights ───────────────────────────────────────────────────────────────────────────────────────────────────────────

__all__ = ["Rights", "rights_for", "rights_of_guests", "rights_on"]  # they stand in `rights.py`


def boards_of_group(session: Session, actor: Actor, group_id: int) -> Sequence[tuple[Board, frozenset[Right]]]:
    """The boards on which a group has rights of its own, as far as the actor sees them, by name."""
    rows = session.execute(
        select(Board, BoardRight.right)
        .join(BoardRight, BoardRight.board_id == Board.id)
        .where(BoardRight.group_id == group_id, visible(actor), Board.archived_at.is_(None))
        .order_by(Board.name, Board.id)
    ).all()
    found: dict[Board, set[Right]] = {}
    for board, right in rows:
        found.setdefault(board, set()).add(Right(right))
    return [(board, frozenset(rights)) for board, rights in found.items()]


def visible(actor: Actor) -> ColumnElement[bool]:
    """SQL: boards that the actor may know of."""
    return Board.id.in_(actor.boards_with(Right.SEE))


_Ids = int | SQLColumnExpression[int] | ScalarSelect[int | None]


def seen_by(board_id: _Ids, account_id: _Ids | None = None) -> ColumnElement[bool]:
    """SQL: whether an account (by default that of the row) may see a board and the one above it, by its groups."""
    who = Account.id if account_id is None else account_id
    above = select(Board.parent_id).where(Board.id == board_id).correlate_except(Board).scalar_subquery()
    return and_(_sees(board_id, who), or_(above.is_(None), _sees(above, who)))


def _sees(board_id: _Ids, account_id: _Ids) -> ColumnElement[bool]:
    given = (BoardRight.board_id == board_id, BoardRight.right == Right.SEE)
    everybody = BoardRight.group_id.in_((int(Group.EVERYONE), int(Group.MEMBERS)))
    mine = (GroupMember.group_id == BoardRight.group_id, GroupMember.account_id == account_id)
    theirs = exists().where(*mine).correlate_except(GroupMember)
    return exists().where(*given, or_(everybody, theirs)).correlate_except(BoardRight)


# ── boards ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def tree(session: Session, actor: Actor) -> list[SectionView]:
    """Sections in order with the boards that the actor may see; empty ones are left out. Two queries."""
    boards = session.scalars(select(Board).where(visible(actor)).order_by(*_IN_ORDER)).all()
    return [view for view in _arranged(_sections(session), boards) if view.boards or view.archived]


def outline(session: Session) -> list[SectionView]:
    """Everything there is, empty sections too: for those who arrange it. Two queries."""
    return _arranged(_sections(session), session.scalars(select(Board).order_by(*_IN_ORDER)).all())


def board_by_slug(session: Session, actor: Actor, slug: str, is_absent: ColumnElement[bool] | None = None) -> Board:
    """The board at this address, or that once was: whose `slug` differs has moved. NotFound for who may not see it.

    Comes with `section`, `parent`, `invites`, and `is_absent`: where somebody says in SQL when a board is."""
    former = select(FormerBoardSlug.board_id).where(FormerBoardSlug.slug == slug).scalar_subquery()
    start = (BoardRight.board_id == Board.id, BoardRight.group_id == Group.MEMBERS, BoardRight.right == Right.START)
    invites = and_(Board.archived_at.is_(None), exists().where(*start))
    board = session.scalars(
        select(Board)
        .where(or_(Board.slug == slug, Board.id == former))
        .order_by((Board.slug == slug).desc())
        .options(joinedload(Board.section), joinedload(Board.parent), with_expression(Board.invites, invites))
        .options(with_expression(Board.is_absent, null() if is_absent is None else is_absent))
        .limit(1)
    ).first()
    if board is None or not allows(actor, Act.SEE_BOARD, board):
        raise NotFound(_("There is no board at this address."))
    return board


def subs_of(session: Session, actor: Actor, board: Board) -> list[Board]:
    """The sub-boards that the actor may see, open ones first."""
    rows = select(Board).where(Board.parent_id == board.id, visible(actor)).order_by(*_IN_ORDER)
    return sorted(session.scalars(rows), key=lambda sub: sub.archived_at is not None)


def boards_to_start_on(session: Session, actor: Actor) -> list[Board]:
    """Where the actor may open a topic now, in the order of the home page; sub-boards come with their `parent`."""
    found = session.scalars(
        select(Board)
        .where(Board.id.in_(actor.boards_with(Right.START)))
        .options(joinedload(Board.section), joinedload(Board.parent))
    )
    return sorted((board for board in found if allows(actor, Act.START_TOPIC, board)), key=_home_order)


def board_for_admin(session: Session, board_id: int) -> Board:
    """Any board, with `section` and `parent`; NotFound where there is none."""
    with_places = (joinedload(Board.section), joinedload(Board.parent))
    board = session.scalars(select(Board).where(Board.id == board_id).options(*with_places)).first()
    if board is None:
        raise NotFound(_("There is no such board (any more)."))
    return board


def section_for_admin(session: Session, section_id: int) -> Section:
    """The section; NotFound where there is none."""
    section = session.get(Section, section_id)
    if section is None:
        raise NotFound(_("There is no such section (any more)."))
    return section


_IN_ORDER = (Board.position, Board.id)


def _sections(session: Session) -> Sequence[Section]:
    return session.scalars(select(Section).order_by(Section.position, Section.id)).all()


def _home_order(board: Board) -> tuple[int, ...]:
    top = board.parent or board
    place = (board.position, board.id) if board.parent else (-1, -1)
    return (board.section.position, board.section_id, top.position, top.id, *place)


def _arranged(sections: Sequence[Section], boards: Sequence[Board]) -> list[SectionView]:
    below: dict[int, list[BoardView]] = defaultdict(list)
    for board in boards:
        if board.parent_id is not None:
            below[board.parent_id].append(_viewed(board))
    for subs in below.values():
        subs.sort(key=lambda sub: sub.archived_at is not None)
    tops: dict[int, list[BoardView]] = defaultdict(list)
    for board in boards:
        if board.parent_id is None:
            tops[board.section_id].append(_viewed(board, below[board.id]))
    return [
        SectionView(
            section.id,
            section.name,
            tuple(top for top in tops[section.id] if top.archived_at is None),
            tuple(top for top in tops[section.id] if top.archived_at is not None),
        )
        for section in sections
    ]


def _viewed(board: Board, subs: Sequence[BoardView] = ()) -> BoardView:
    return BoardView(
        id=board.id,
        slug=board.slug,
        name=board.name,
        description=board.description,
        kind=board.kind,
        position=board.position,
        archived_at=board.archived_at,
        topic_count=board.topic_count,
        post_count=board.post_count,
        last_topic_id=board.last_topic_id,
        subs=tuple(subs),
    )


# ── tags ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def tags(session: Session) -> list[Tag]:
    """All tags by name."""
    return sorted(session.scalars(select(Tag)), key=lambda tag: (tag.name.casefold(), tag.slug))


def tag_by_slug(session: Session, slug: str) -> Tag:
    """The tag, by its address or another word for it (compare its slug), with its synonyms; else NotFound."""
    synonym = select(TagSynonym.tag_id).where(TagSynonym.slug == slug).scalar_subquery()
    either = select(Tag).where(or_(Tag.slug == slug, Tag.id == synonym))
    found = either.order_by((Tag.slug == slug).desc()).limit(1).options(joinedload(Tag.synonyms))
    tag = session.scalars(found).unique().first()
    if tag is None:
        raise NotFound(_("There is no tag of this name."))
    return tag


def tags_by_slugs(session: Session, slugs: Iterable[str]) -> list[Tag]:
    """Those of the tags that exist, by name."""
    found = session.scalars(select(Tag).where(Tag.slug.in_(sorted(set(slugs)))))
    return sorted(found, key=lambda tag: (tag.name.casefold(), tag.slug))


def known_tags(session: Session, slugs: Iterable[str]) -> Mapping[str, Tag]:
    """Those of the slugs that lead to a tag, by itself or as another word for it."""
    wanted = sorted(set(slugs))
    found = {tag.slug: tag for tag in session.scalars(select(Tag).where(Tag.slug.in_(wanted)))}
    words = select(TagSynonym.slug, Tag).join(Tag, Tag.id == TagSynonym.tag_id).where(TagSynonym.slug.in_(wanted))
    return {row[0]: row[1] for row in session.execute(words)} | found


def synonyms_of(session: Session, tag: Tag) -> Sequence[TagSynonym]:
    """Other words for the tag, by name."""
    return session.scalars(select(TagSynonym).where(TagSynonym.tag_id == tag.id).order_by(TagSynonym.slug)).all()


def tag_for_admin(session: Session, tag_id: int) -> Tag:
    """The tag by id; NotFound where there is none."""
    tag = session.get(Tag, tag_id)
    if tag is None:
        raise NotFound(_("There is no such tag (any more)."))
    return tag
