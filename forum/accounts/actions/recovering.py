"""Passwords: forgotten, and changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.accounts import addresses, queries
from forum.accounts.actions import secrets
from forum.accounts.actions.entering import Entered, end_all, enter
from forum.accounts.drafts import Device
from forum.accounts.events import PasswordChanged
from forum.accounts.models import Account
from forum.accounts.proofs import Proof
from forum.accounts.tokens import Purpose
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require


def ask_for_reset(session: Session, actor: Actor, login: str) -> None:
    """Write to whoever has this name or address. To an address that nobody has here we write so: no one waits in vain.

    The visitor hears the same in any case, after the same work.
    """
    require(actor, Act.ENTER)
    account = queries.by_login(session, login)
    address = account.email if account and account.email else login.strip()
    if account is None or account.email is None:
        if addresses.is_address(address):
            secrets.issue(session, Purpose.NOTHING, address)
    elif account.is_placeholder:
        secrets.issue(session, Purpose.CLAIM, address, account=account, payload={"email": address})
    else:
        secrets.issue(session, Purpose.RESET, address, account=account)


def reset_password(session: Session, actor: Actor, secret: str, password_hash: str, device: Device) -> Entered:
    """A new password for whoever reads the account's mail. Every session ends, and this browser is let in."""
    require(actor, Act.ENTER)
    token = secrets.redeem(session, Purpose.RESET, secret)
    account = secrets.owner(session, token)
    account.password_hash = password_hash
    if account.waiting_since is None:  # who waits for a yes does not get it from a mail
        account.confirmed_at = account.confirmed_at or clock.now()
    end_all(session, account)
    secrets.void(session, account)
    entered = enter(session, account, device, in_place_of=actor.session_id)
    emit(session, PasswordChanged(account.id))
    return entered


def change_password(session: Session, actor: Actor, account: Account, proof: Proof | None, password_hash: str) -> None:
    """Another password for who knows the present one (`proof`). The other sessions end."""
    require(actor, Act.EDIT_ACCOUNT, account)
    require_proof(account, proof, "present")
    account.password_hash = password_hash
    end_all(session, account, besides=actor.session_id)
    secrets.void(session, account)
    emit(session, PasswordChanged(account.id))


def require_proof(account: Account, proof: Proof | None, field: str) -> None:
    """Invalid unless the present password of this very account was proved."""
    if proof is None or proof.account_id != account.id or proof.password_hash != account.password_hash:
        raise Invalid(_("This is not your present password."), field)
