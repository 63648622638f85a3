"""Another e-mail address: confirmed at the old one, then at the new one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.accounts import addresses, queries
from forum.accounts.actions import secrets
from forum.accounts.actions.joining import settle
from forum.accounts.actions.recovering import require_proof
from forum.accounts.events import AddressChanged
from forum.accounts.models import Account
from forum.accounts.proofs import Proof
from forum.accounts.tokens import Purpose
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.shields import queries as shields


def change_address(session: Session, actor: Actor, account: Account, proof: Proof | None, email: str) -> None:
    """Ask the present address whether the account may move to `email` (which has been through `addresses.check`)."""
    require(actor, Act.EDIT_ACCOUNT, account)
    require_proof(account, proof, "address_password")
    shields.check_domain(session, email, "new_email")
    if addresses.key(email) == account.email_key:
        raise Invalid(_("This is your address already."), "new_email")
    secrets.void(session, account, Purpose.ADDRESS_OLD, Purpose.ADDRESS_NEW)
    if account.email is None:
        secrets.issue(session, Purpose.ADDRESS_NEW, email, account=account, payload={"email": email})
    else:
        secrets.issue(session, Purpose.ADDRESS_OLD, account.email, account=account, payload={"email": email})


def confirm_old_address(session: Session, actor: Actor, secret: str) -> None:
    """The old address agrees: now the new one is asked. One that is another's is told so, and nobody else is."""
    require(actor, Act.ENTER)
    token = secrets.redeem(session, Purpose.ADDRESS_OLD, secret)
    account = secrets.owner(session, token)
    email = token.payload["email"]
    secrets.issue(session, Purpose.ADDRESS_NEW, email, account=account, payload={"email": email})


def confirm_new_address(session: Session, actor: Actor, secret: str) -> Account:
    """The new address agrees too: the account moves, and the old address hears of it."""
    require(actor, Act.ENTER)
    token = secrets.redeem(session, Purpose.ADDRESS_NEW, secret)
    account = secrets.owner(session, token)
    email, former = token.payload["email"], account.email or ""
    known = queries.by_email(session, email)
    if known is not None and known.id != account.id:
        raise Conflict(_("Another account has this address. Choose a different one, or use that account."))
    account.email, account.email_key = email, addresses.key(email)
    settle(session, account)
    secrets.void(session, account)
    emit(session, AddressChanged(account.id, former))
    return account
