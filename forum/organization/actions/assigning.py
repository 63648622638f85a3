"""Giving people the roles in which they speak for their organization, and ending them. All of it is public."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import Conflict, Invalid, Refused
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization import queries
from forum.organization.events import RoleEnded, RoleGranted
from forum.organization.evidence import checked_evidence
from forum.organization.models import RoleGrant
from forum.permissions import Act, Actor, Role, require
from forum.site.actions import note_deed


def grant_role(
    session: Session, actor: Actor, account: Account, role: Role, board_ids: Sequence[int], evidence: str
) -> RoleGrant:
    """Let somebody speak in a role, on some boards or (none named) on all. Given anew, it holds for the boards named
    now. Conflict where nothing would change."""
    require(actor, Act.ASSIGN_ROLE)
    affiliation = queries.affiliation_of(session, account.id, clock.now())
    if affiliation is None:
        raise Invalid(_unknown(actor, account), "person")
    if affiliation.kind == "bot" and role is Role.HOST:
        raise Invalid(_("A host is a human being."), "role")
    if account.id == actor.account_id and not actor.is_admin:
        raise Refused(_("Nobody gives a role to themselves: ask another host."))
    boards = sorted(session.scalars(select(Board.id).where(Board.id.in_(set(board_ids)))))
    if len(boards) != len(set(board_ids)):
        raise Invalid(_("One of these boards is not there any more."), "boards")
    _check_reach(actor, affiliation.organization_id, boards)
    evidence = checked_evidence(evidence, account.email or "")
    worn = queries.open_grant(session, account.id, affiliation.organization_id, role)
    if worn is not None and worn.board_ids == boards:
        raise Conflict(_("%(name)s has this role already.", name=account.shown_name))
    if worn is not None:
        _check_reach(actor, worn.organization_id, worn.board_ids)
        _end(session, actor, worn, is_given_anew=True)
    grant = RoleGrant(
        organization_id=affiliation.organization_id,
        account_id=account.id,
        role=role,
        board_ids=boards,
        evidence=evidence,
        since=clock.now(),
        by_id=actor.account_id,
    )
    session.add(grant)
    session.flush()
    said = {"name": account.name, "role": str(role), "evidence": evidence}
    note_deed(session, actor, "organization", account.id, "granted", before={}, after=said)
    emit(session, RoleGranted(grant.id))
    return grant


def end_role(session: Session, actor: Actor, grant: RoleGrant) -> None:
    """Somebody speaks in this role no more; what they wrote keeps its badge. `grant` with its account."""
    require(actor, Act.ASSIGN_ROLE)
    if grant.until is not None:
        raise Conflict(_("That has ended already."))
    _check_reach(actor, grant.organization_id, grant.board_ids)
    _end(session, actor, grant)
    said = {"name": grant.account.name, "role": grant.role}
    note_deed(session, actor, "organization", grant.account_id, "ended", before=said, after={})


def _end(session: Session, actor: Actor, grant: RoleGrant, *, is_given_anew: bool = False) -> None:
    grant.until, grant.ended_by_id = clock.now(), actor.account_id
    session.flush()
    emit(session, RoleEnded(grant.id, is_given_anew))


def _unknown(actor: Actor, account: Account) -> str:
    """Where to add somebody who belongs to no organization: administrators do, hosts ask one."""
    said = {"name": account.shown_name}
    if actor.is_admin:
        return _(
            "%(name)s does not belong to an organization here. Whoever works at the host is put into the group of "
            "the staff; people of a partner are added at the foot of this page.",
            **said,
        )
    return _("%(name)s does not belong to an organization here. An administrator has to say so first.", **said)


def _check_reach(actor: Actor, organization_id: int, boards: Sequence[int]) -> None:
    """A host gives roles of their own organization, on the boards that are theirs; administrators give all of them."""
    if actor.is_admin:
        return
    belonging = actor.belonging
    if belonging is None or belonging.organization_id != organization_id:
        raise Refused(_("You give roles of your own organization only."))
    own = belonging.roles.get(Role.HOST, frozenset())
    if own and not (boards and own.issuperset(boards)):
        raise Refused(_("You give roles on the boards only for which you are a host."))
