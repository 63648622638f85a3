"""Who belongs to which organization and speaks in which role, for those who say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import NotFound
from forum.organization.models import Affiliation, Organization, RoleGrant
from forum.organization.queries import in_force
from forum.organization.queries.showing import boards_of
from forum.permissions import Act, Actor, Role, require


@dataclass(frozen=True)
class Staffing:
    """Organizations, who belongs to them and in which roles they speak, for those who give roles."""

    organizations: Sequence[Organization]
    people: Sequence[tuple[Account, Affiliation, Sequence[tuple[RoleGrant, Sequence[str]]]]]
    # The boards on which the actor may give roles; those of roles that they may end.
    boards: Mapping[int, str]
    own: frozenset[int]

    def may_end(self, grant: RoleGrant) -> bool:
        """Whether the role reaches no further than the actor does."""
        return not self.own or (bool(grant.board_ids) and self.own.issuperset(grant.board_ids))


def staffing(session: Session, actor: Actor) -> Staffing:
    """Everybody who belongs to an organization now; for a host, those of their own."""
    require(actor, Act.ASSIGN_ROLE)
    own = actor.belonging.organization_id if actor.belonging is not None else 0
    boards_own = actor.belonging.roles.get(Role.HOST) if actor.belonging is not None and not actor.is_admin else None
    mine = [] if actor.is_admin else [Organization.id == own]
    rows = session.execute(
        select(Account, Affiliation)
        .join(Affiliation, Affiliation.account_id == Account.id)
        .join(Organization, Organization.id == Affiliation.organization_id)
        .where(*in_force(clock.now()), *mine)
        .order_by(Organization.is_host.desc(), Organization.name, Account.name_key)
    ).all()
    grants = session.scalars(select(RoleGrant).where(RoleGrant.until.is_(None)).order_by(RoleGrant.since)).all()
    seen = select(Board.id, Board.name).where(boards.visible(actor)).order_by(Board.name)
    called = {row.id: row.name for row in session.execute(seen)}
    known = select(Organization).where(*mine).order_by(Organization.is_host.desc(), Organization.name)
    return Staffing(
        organizations=session.scalars(known).all(),
        people=[
            (
                account,
                affiliation,
                [(grant, boards_of(grant, called)) for grant in grants if _is_of(grant, affiliation)],
            )
            for account, affiliation in rows
        ],
        boards={id_: name for id_, name in called.items() if not boards_own or id_ in boards_own},
        own=boards_own or frozenset(),
    )


def grant_for_change(session: Session, actor: Actor, grant_id: int) -> RoleGrant:
    """A grant with its account, for who may end it; NotFound."""
    require(actor, Act.ASSIGN_ROLE)
    asked = select(RoleGrant).options(joinedload(RoleGrant.account)).where(RoleGrant.id == grant_id)
    found = session.scalars(asked).first()
    if found is None:
        raise NotFound
    return found


def affiliation_for_change(session: Session, actor: Actor, affiliation_id: int) -> Affiliation:
    """An affiliation with its organization, for administrators; NotFound."""
    require(actor, Act.ADMINISTER)
    asked = select(Affiliation).options(joinedload(Affiliation.organization)).where(Affiliation.id == affiliation_id)
    found = session.scalars(asked).first()
    if found is None:
        raise NotFound
    return found


def organization_for_change(session: Session, actor: Actor, organization_id: int) -> Organization:
    """An organization, for administrators; NotFound."""
    require(actor, Act.ADMINISTER)
    found = session.get(Organization, organization_id)
    if found is None:
        raise NotFound
    return found


def _is_of(grant: RoleGrant, affiliation: Affiliation) -> bool:
    return (grant.account_id, grant.organization_id) == (affiliation.account_id, affiliation.organization_id)
