"""A decision as somebody objects to it: whom it concerns, who took part in it, and who is left to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select, true
from sqlalchemy.orm import Session

from forum.accounts import queries as accounts
from forum.accounts.ignoring import OFFICE
from forum.accounts.models import Account, GroupMember
from forum.boards import queries as boards
from forum.boards.moderating import moderators_of
from forum.core import clock
from forum.holds.models import HeldPost
from forum.moderation.appeal_models import Appeal
from forum.moderation.models import Flag, Ruling
from forum.moderation.operations import KEEP
from forum.moderation.subjects import ACCOUNT, HELD, POST, TOPIC
from forum.organization import queries as organizations
from forum.permissions import Group
from forum.posts.models import Post, Topic

_NOTED: Mapping[str, Any] = {POST: Post, TOPIC: Topic, HELD: HeldPost}


@dataclass(frozen=True)
class Contested:
    """`concerned`: who may object; `took_part`: who may not answer. `is_for_administrators`: nobody else is left who
    may; `has_judge`: somebody is; `of_office`: it is about a moderator or an administrator, of whom administrators
    judge; `concerns_host`: none of the host's people answers."""

    ruling: Ruling
    concerned: frozenset[int]
    took_part: frozenset[int]
    is_for_administrators: bool = False
    has_judge: bool = True
    of_office: bool = False
    concerns_host: bool = False

    @property
    def board_id(self) -> int | None:
        return self.ruling.board_id

    @property
    def at(self) -> datetime:
        return self.ruling.at


def contested(session: Session, ruling: Ruling) -> Contested:
    """All that matters for an objection to it."""
    flagged = frozenset(_flaggers(session, ruling))
    author = _only(ruling.account_id)
    took_part = flagged | author | frozenset(_hands(session, ruling)) | frozenset(_objectors(session, ruling))
    of_office = ruling.subject_kind == ACCOUNT and _is_in_office(session, ruling.subject_id)
    concerns = _concerns_host(session, ruling)
    by_board = not of_office and _any(
        session, _judges(ruling, took_part, _office(ruling.board_id), only_peers=concerns)
    )
    admins = _in_groups((int(Group.ADMINISTRATORS),))
    by_administrators = by_board or _any(session, _judges(ruling, took_part, admins, only_peers=concerns))
    return Contested(
        ruling,
        concerned=flagged if ruling.act == KEEP else author,
        took_part=took_part,
        is_for_administrators=not by_board,
        has_judge=by_administrators,
        of_office=of_office,
        concerns_host=concerns,
    )


def judges(found: Contested) -> Select[int]:
    """Account ids of those who may answer an objection."""
    whom = _in_groups((int(Group.ADMINISTRATORS),)) if found.is_for_administrators else _office(found.board_id)
    return _judges(found.ruling, found.took_part, whom, only_peers=found.concerns_host)


def peers(session: Session, ruling: Ruling) -> Select[int]:
    """Account ids of those who may confirm what one of the host's people proposes: of the board; where none of them is
    a peer, of the whole place."""
    mine = _only(ruling.by_id) | _only(ruling.account_id)
    on_board = _judges(ruling, mine, _office(ruling.board_id), only_peers=ruling.concerns_host)
    whole = _judges(ruling, mine, _in_groups(OFFICE), only_peers=ruling.concerns_host)
    return on_board if _any(session, on_board) else whole


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


def _concerns_host(session: Session, ruling: Ruling) -> bool:
    """When it was decided, or by now: it was noted since, or whoever objects says so."""
    if ruling.concerns_host:
        return True
    said = select(Appeal.id).where(Appeal.ruling_id == ruling.id, Appeal.about_host, Appeal.state != "withdrawn")
    model = _NOTED.get(ruling.subject_kind)
    if model is not None:
        noted = select(model.id).where(model.id == ruling.subject_id, model.concerns_host)
        return session.scalar(select(or_(exists(said), exists(noted)))) is True
    return _any(session, said)


def _judges(ruling: Ruling, took_part: frozenset[int], whom: Select[int], *, only_peers: bool) -> Select[int]:
    return select(Account.id).where(
        accounts.is_here(clock.now()),
        Account.confirmed_at.is_not(None),
        Account.id.in_(whom),
        Account.id.not_in(sorted(took_part)),
        organizations.is_peer(Account.id, ruling.at) if only_peers else true(),
    )


def _any(session: Session, asked: Select[int]) -> bool:
    return session.scalar(asked.limit(1)) is not None
