"""A decision as somebody objects to it: whom it concerns, who took part in it, and who is left to answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, or_, select, true
from sqlalchemy.orm import Session

from forum.accounts import queries as accounts
from forum.accounts.ignoring import OFFICE
from forum.accounts.models import Account, GroupMember
from forum.boards import queries as boards
from forum.boards.moderating import moderators_of
from forum.core import clock
from forum.moderation.appeal_models import Appeal
from forum.moderation.models import Flag, Ruling
from forum.moderation.operations import KEEP
from forum.moderation.subjects import ACCOUNT
from forum.organization import queries as organizations
from forum.organization.models import Affiliation, Organization
from forum.permissions import Group


@dataclass(frozen=True)
class Contested:
    """`concerned`: who may object; `took_part`: who may not answer. `is_for_administrators`: nobody else is left who
    may; `has_judge`: somebody is; `of_office`: it is about a moderator or an administrator, of whom administrators
    judge."""

    ruling: Ruling
    concerned: frozenset[int]
    took_part: frozenset[int]
    is_for_administrators: bool = False
    has_judge: bool = True
    of_office: bool = False

    @property
    def board_id(self) -> int | None:
        return self.ruling.board_id

    @property
    def concerns_host(self) -> bool:
        return self.ruling.concerns_host


def contested(session: Session, ruling: Ruling) -> Contested:
    """All that matters for an objection to it."""
    flagged = frozenset(_flaggers(session, ruling))
    author = _only(ruling.account_id)
    took_part = flagged | author | frozenset(_hands(session, ruling)) | frozenset(_objectors(session, ruling))
    of_office = ruling.subject_kind == ACCOUNT and _is_in_office(session, ruling.subject_id)
    by_board = not of_office and _any(session, _judges(ruling, took_part, _office(ruling.board_id)))
    by_administrators = by_board or _any(session, _judges(ruling, took_part, _in_groups((int(Group.ADMINISTRATORS),))))
    return Contested(
        ruling,
        concerned=flagged if ruling.act == KEEP else author,
        took_part=took_part,
        is_for_administrators=not by_board,
        has_judge=by_administrators,
        of_office=of_office,
    )


def judges(found: Contested) -> Select[int]:
    """Account ids of those who may answer an objection."""
    whom = _in_groups((int(Group.ADMINISTRATORS),)) if found.is_for_administrators else _office(found.board_id)
    return _judges(found.ruling, found.took_part, whom)


def peers(session: Session, ruling: Ruling) -> Select[int]:
    """Account ids of those who may confirm what one of the host's people proposes: of the board; where none of them is
    a peer, of the whole place."""
    mine = _only(ruling.by_id)
    on_board = _judges(ruling, mine, _office(ruling.board_id))
    return on_board if _any(session, on_board) else _judges(ruling, mine, _in_groups(OFFICE))


def flagged_by(account_id: int) -> ColumnElement[bool]:
    """SQL over Ruling: whether the account's own flag was among those that it answered."""
    mine = (Flag.case_id == Ruling.case_id, Flag.by_id == account_id, Flag.verdict != "cleared")
    return exists().where(*mine).correlate(Ruling)


def _only(account_id: int | None) -> frozenset[int]:
    return frozenset() if account_id is None else frozenset({account_id})


def _flaggers(session: Session, ruling: Ruling) -> set[int]:
    if ruling.case_id is None:
        return set()
    asked = select(Flag.by_id).where(Flag.case_id == ruling.case_id, Flag.verdict != "cleared")
    return {by_id for by_id in session.scalars(asked) if by_id is not None}


def _hands(session: Session, ruling: Ruling) -> set[int]:
    """Who decided, confirmed or took back anything in the same case."""
    one = Ruling.id == ruling.id
    same = one if ruling.case_id is None else or_(one, Ruling.case_id == ruling.case_id)
    rows = session.execute(
        select(Ruling.by_id, Ruling.confirmed_by_id, Ruling.undone_by_id, Ruling.undone_how).where(same)
    )
    found: set[int | None] = set()
    for by_id, confirmed_by_id, undone_by_id, how in rows:
        # Whoever answered an objection may look again at what they said.
        found |= {by_id, confirmed_by_id, None if how == "appeal" else undone_by_id}
    return {one for one in found if one is not None}


def _is_in_office(session: Session, account_id: int) -> bool:
    office = (GroupMember.account_id == account_id, GroupMember.group_id.in_(OFFICE))
    return session.scalar(select(GroupMember.account_id).where(*office).limit(1)) is not None


def _objectors(session: Session, ruling: Ruling) -> set[int]:
    asked = select(Appeal.account_id).where(Appeal.ruling_id == ruling.id)
    return {account_id for account_id in session.scalars(asked) if account_id is not None}


def _office(board_id: int | None) -> Select[int]:
    """Who looks after a board; of what is on none, the moderators of the place."""
    if board_id is None:
        return _in_groups(OFFICE)
    return moderators_of(board_id).where(boards.seen_by(board_id))


def _in_groups(groups: tuple[int, ...]) -> Select[int]:
    return select(GroupMember.account_id).where(GroupMember.group_id.in_(groups))


def _judges(ruling: Ruling, took_part: frozenset[int], whom: Select[int]) -> Select[int]:
    now = clock.now()
    of_host = exists().where(
        Affiliation.account_id == Account.id,
        Affiliation.organization_id == Organization.id,
        Organization.is_host,
        *organizations.in_force(now),
    )
    return select(Account.id).where(
        accounts.is_here(now),
        Account.confirmed_at.is_not(None),
        Account.id.in_(whom),
        Account.id.not_in(sorted(took_part)),
        ~of_host.correlate(Account) if ruling.concerns_host else true(),
    )


def _any(session: Session, asked: Select[int]) -> bool:
    return session.scalar(asked.limit(1)) is not None
