"""Entering and leaving: sessions, one for each browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from forum.accounts import queries
from forum.accounts.drafts import Device
from forum.accounts.events import SignedIn, SignedOut
from forum.accounts.models import Account, AccountSession
from forum.accounts.proofs import Proof
from forum.core import clock
from forum.core.errors import Refused
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.shields.actions import remember_address
from forum.shields.models import SESSION


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody was let in: the secret goes into their cookie and nowhere else."""

    account: Account
    row: AccountSession
    secret: str = field(repr=False)


def sign_in(session: Session, actor: Actor, proof: Proof, device: Device) -> Entered:
    """Let in whoever proved the password. A session that this browser had is over."""
    require(actor, Act.ENTER)
    account = session.get(Account, proof.account_id)
    if account is None or account.password_hash != proof.password_hash or account.deactivated_at is not None:
        raise Refused(_("The password was changed a moment ago. Please sign in again."))
    if proof.better_hash:
        account.password_hash = proof.better_hash
    return enter(session, account, device, in_place_of=actor.session_id)


def enter(session: Session, account: Account, device: Device, *, in_place_of: int | None) -> Entered:
    """A new session with a new secret, in place of the one that this browser may have had. For the verbs beside it."""
    if in_place_of is not None:
        session.execute(delete(AccountSession).where(AccountSession.id == in_place_of))
    now, secret = clock.now(), token_urlsafe(32)
    row = AccountSession(
        account_id=account.id,
        secret_hash=queries.secret_hash(secret),
        created_at=now,
        last_seen_at=now,
        user_agent=device.user_agent[:200],
        address=device.address[:60],
    )
    session.add(row)
    account.last_seen_at = now
    session.flush()
    remember_address(session, account.id, SESSION, device.address)
    emit(session, SignedIn(account.id, row.id))
    return Entered(account, row, secret)


def sign_out(session: Session, actor: Actor) -> None:
    """End the session that the actor is in; harmless when there is none."""
    require(actor, Act.ENTER)
    if actor.account_id is None:
        return
    session.execute(delete(AccountSession).where(AccountSession.id == actor.session_id))
    emit(session, SignedOut(actor.account_id))


def end_session(session: Session, actor: Actor, account: Account, row: AccountSession) -> None:
    """End one session of `account`."""
    require(actor, Act.EDIT_ACCOUNT, account)
    session.delete(row)
    session.flush()
    emit(session, SignedOut(account.id))


def end_other_sessions(session: Session, actor: Actor, account: Account) -> None:
    """End all sessions of `account` but the one that the actor is in."""
    require(actor, Act.EDIT_ACCOUNT, account)
    end_all(session, account, besides=actor.session_id)
    emit(session, SignedOut(account.id))


def end_all(session: Session, account: Account, *, besides: int | None = None) -> None:
    """Every session of the account but one. For the verbs beside it."""
    session.execute(
        delete(AccountSession).where(AccountSession.account_id == account.id, AccountSession.id != (besides or 0))
    )


def note_presence(session: Session, actor: Actor, now: datetime) -> None:
    """Remember that the actor was here, so that a session in use does not run out."""
    require(actor, Act.ENTER)
    session.execute(update(AccountSession).where(AccountSession.id == actor.session_id).values(last_seen_at=now))
    session.execute(update(Account).where(Account.id == actor.account_id).values(last_seen_at=now))
