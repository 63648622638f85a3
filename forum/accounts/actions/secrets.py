"""Secrets in mails: issued, redeemed once, made void. Used by the verbs beside it."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forum.accounts import addresses, queries
from forum.accounts.events import TokenIssued
from forum.accounts.models import Account, Token
from forum.accounts.tokens import LIFE, MAILS_AN_HOUR, Purpose
from forum.core import clock
from forum.core.errors import Gone
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.site import queries as sites
from forum.site.settings import duration


def issue(
    session: Session,
    purpose: Purpose,
    address: str,
    *,
    account: Account | None = None,
    payload: dict[str, Any] | None = None,
    life: timedelta | None = None,
) -> Token:
    """A new secret on its way to `address`. After five mails in an hour the row is written and the mail is not."""
    now, key, secret = clock.now(), addresses.key(address), token_urlsafe(32)
    flooded = queries.tokens_since(session, key, now - timedelta(hours=1)) >= MAILS_AN_HOUR
    token = Token(
        account_id=account.id if account else None,
        purpose=str(purpose),
        address=key,
        secret_hash=queries.secret_hash(secret),
        payload=payload or {},
        created_at=now,
        expires_at=now + (life or duration(sites.settings(session), LIFE[purpose])),
    )
    session.add(token)
    session.flush()
    if not flooded:
        emit(session, TokenIssued(token.id, secret))
    return token


def redeem(session: Session, purpose: Purpose, secret: str) -> Token:
    """Use the secret, once; Gone when it was used or its time has run out."""
    now = clock.now()
    token = session.scalars(
        select(Token)
        .where(Token.secret_hash == queries.secret_hash(secret), Token.purpose == str(purpose))
        .with_for_update()  # of two who press at once, the second finds it used
    ).first()
    if token is None or token.used_at is not None or token.expires_at <= now:
        raise Gone(_("This link has been used already, or its time has run out."))
    token.used_at = now
    return token


def owner(session: Session, token: Token) -> Account:
    """The account that the secret opens something for."""
    account = session.get(Account, token.account_id) if token.account_id is not None else None
    if account is None or account.deactivated_at is not None:
        raise Gone(_("This link has been used already, or its time has run out."))
    return account


def void(session: Session, account: Account, *purposes: Purpose) -> None:
    """Other secrets of the account open nothing any more (of these purposes, else of all)."""
    wanted = [str(purpose) for purpose in purposes or Purpose]
    session.execute(
        update(Token)
        .where(Token.account_id == account.id, Token.used_at.is_(None), Token.purpose.in_(wanted))
        .values(used_at=clock.now())
    )
