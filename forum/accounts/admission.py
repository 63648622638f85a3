"""Reads of the gate, of invitations and of who waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.gates import Rules, is_living
from forum.accounts.models import Account, Gate, Invitation, InvitationUse, WaitingSignUp
from forum.accounts.sanctioned import suspensions
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require

MOST = 200


def gate(session: Session, *, lock: bool = False) -> Gate:
    """The one row; the migrations make it."""
    row = session.get(Gate, 1, with_for_update=lock or None)
    assert row is not None, "the migrations make the row of the gate"
    return row


def rules(row: Gate) -> Rules:
    """The gate as a plain value."""
    return Rules(row.mode, row.allowed_domains, row.question, row.answers)


def living_invitation(session: Session, invitation_id: int | None, now: datetime) -> Invitation | None:
    """The invitation, while it lets somebody in and whoever made it is here."""
    row = session.get(Invitation, invitation_id) if invitation_id is not None else None
    if row is None or not is_living(row.expires_at, row.revoked_at, row.uses, row.most_uses, now):
        return None
    by = session.get(Account, row.by_id)
    is_here = by is not None and by.deactivated_at is None and by.id not in suspensions(session, [by.id], now)
    return row if is_here else None


def invitations_of(session: Session, actor: Actor) -> Sequence[Invitation]:
    """Those that the actor made, the latest first."""
    return session.scalars(
        select(Invitation).where(Invitation.by_id == (actor.account_id or 0)).order_by(Invitation.id.desc()).limit(MOST)
    ).all()


def invitation(session: Session, actor: Actor, invitation_id: int) -> Invitation:
    """One that the actor made, or any for administrators; NotFound else."""
    row = session.get(Invitation, invitation_id)
    if row is None or not (actor.is_admin or row.by_id == actor.account_id):
        raise NotFound(_("There is no such invitation."))
    return row


def invited_by(session: Session, actor: Actor, account: Account) -> Account | None:
    """Who invited this member; told to moderators only."""
    if not actor.is_moderator:
        return None
    return session.scalars(
        select(Account)
        .join(Invitation, Invitation.by_id == Account.id)
        .join(InvitationUse, InvitationUse.invitation_id == Invitation.id)
        .where(InvitationUse.account_id == account.id)
    ).first()


def landing_of(session: Session, account: Account) -> int | None:
    """The topic on which the invitation of somebody who just came lets them begin."""
    return session.scalar(
        select(Invitation.topic_id)
        .join(InvitationUse, InvitationUse.invitation_id == Invitation.id)
        .where(InvitationUse.account_id == account.id)
    )


def waiting(session: Session, actor: Actor) -> Sequence[tuple[WaitingSignUp, Account]]:
    """Who waits to be let in, the longest first."""
    require(actor, Act.APPROVE_SIGN_UPS)
    rows = session.execute(
        select(WaitingSignUp, Account)
        .join(Account, Account.id == WaitingSignUp.account_id)
        .where(WaitingSignUp.verdict == "")
        .order_by(WaitingSignUp.since)
        .limit(MOST)
    )
    return [(row, account) for row, account in rows]


def waiting_account(session: Session, actor: Actor, account_id: int) -> Account:
    """Somebody who waits, or NotFound when that is decided."""
    require(actor, Act.APPROVE_SIGN_UPS)
    account = session.get(Account, account_id)
    if account is None or account.waiting_since is None:
        raise NotFound(_("Somebody has decided this already."))
    return account


def answered_account(session: Session, actor: Actor, account_id: int) -> Account:
    """Somebody who was told yes or no a moment ago, or NotFound when that took effect."""
    require(actor, Act.APPROVE_SIGN_UPS)
    account = session.get(Account, account_id)
    if account is None or session.get(WaitingSignUp, account_id) is None:
        raise NotFound(_("It has taken effect already, and they have heard it by mail."))
    return account
