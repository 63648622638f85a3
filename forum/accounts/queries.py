"""Reads of accounts."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from forum.accounts import addresses, names
from forum.accounts.ignoring import ids_in, ignored_beside
from forum.accounts.models import Account, AccountSession, FormerName, GroupMember, GroupRow, Token
from forum.accounts.sanctioned import is_suspended
from forum.accounts.tokens import Purpose
from forum.core.errors import Gone, NotFound
from forum.core.slugs import slug_of
from forum.core.words import gettext as _
from forum.permissions import Actor, Group
from forum.site import queries as sites
from forum.site.settings import duration


def secret_hash(secret: str) -> str:
    """What is kept of a secret that a cookie or a mail carries."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


# ── who is here ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Entered(NamedTuple):
    """A session with its account, that account's groups, whom it ignores, and what was asked `beside` it."""

    session: AccountSession
    account: Account
    groups: frozenset[int]
    ignored: frozenset[int]
    beside: tuple[Any, ...]


NOW = bindparam("now", type_=AccountSession.last_seen_at.type)
"""The moment of asking, for what is asked beside an `entering`."""


def entering(*beside: ColumnElement[Any]) -> Select[Any]:
    """What `signed_in` asks; made once, since it stands before every page: only the secret and the moment differ."""
    return (
        select(AccountSession, Account, GroupMember.group_id, ignored_beside(NOW), *beside)
        .join(Account, Account.id == AccountSession.account_id)
        .outerjoin(GroupMember, GroupMember.account_id == Account.id)
        .where(
            AccountSession.secret_hash == bindparam("secret_hash"),
            AccountSession.last_seen_at > bindparam("lives_since"),
            Account.deactivated_at.is_(None),
        )
    )


def signed_in(session: Session, asked: Select[Any], secret: str, now: datetime) -> Entered | None:
    """The living session behind a cookie's secret, with all that every page asks of its account, in one question."""
    told = {"secret_hash": secret_hash(secret), "lives_since": now - session_life(session), "now": now}
    rows = session.execute(asked, told).all()
    if not rows:
        return None
    row, account, _group, ignored, *beside = rows[0]
    groups = _with_implied(group for _row, _account, group, *_beside in rows)
    return Entered(row, account, groups, ids_in(ignored), tuple(beside))


def session_life(session: Session) -> timedelta:
    """For how long after the last visit somebody stays signed in."""
    return duration(sites.settings(session), "session_life")


def groups_of(session: Session, account: Account) -> frozenset[int]:
    """Ids of the groups that the account is in, the implied ones included."""
    by_hand = session.scalars(select(GroupMember.group_id).where(GroupMember.account_id == account.id))
    return _with_implied(by_hand)


def _with_implied(by_hand: Iterable[int | None]) -> frozenset[int]:
    return frozenset({Group.EVERYONE, Group.MEMBERS, *(group for group in by_hand if group is not None)})


def sessions_of(session: Session, actor: Actor, now: datetime) -> Sequence[AccountSession]:
    """The browsers in which the actor is signed in, the latest used first."""
    return session.scalars(
        select(AccountSession)
        .where(AccountSession.account_id == actor.account_id, AccountSession.last_seen_at > now - session_life(session))
        .order_by(AccountSession.last_seen_at.desc(), AccountSession.id.desc())
    ).all()


def own_session(session: Session, actor: Actor, session_id: int) -> AccountSession:
    """One of the actor's own sessions, or NotFound."""
    row = session.get(AccountSession, session_id)
    if row is None or row.account_id != actor.account_id:
        raise NotFound(_("This session has ended already."))
    return row


def is_public() -> ColumnElement[bool]:
    """SQL over accounts: open, and known to the place by a confirmed address, or as an imported author. Whoever is not
    looks like nobody, as `profile_of` has it."""
    known = or_(Account.confirmed_at.is_not(None), Account.placeholder_since.is_not(None))
    return and_(Account.deactivated_at.is_(None), Account.waiting_since.is_(None), known)


def is_here(now: datetime) -> ColumnElement[bool]:
    """SQL over accounts: somebody's, open, and not suspended now."""
    free = ~is_suspended(Account.id, now)
    return and_(Account.deactivated_at.is_(None), Account.placeholder_since.is_(None), free)


def members_with(session: Session, domain: str) -> int:
    """How many members have a mail address of a domain, or of one below it."""
    below = or_(*(Account.email_key.endswith(f"{sign}{domain}", autoescape=True) for sign in "@."))
    counted = select(func.count()).select_from(Account).where(below, Account.deactivated_at.is_(None))
    return session.scalar(counted) or 0


# ── finding an account ────────────────────────────────────────────────────────────────────────────────────────────────


def by_id(session: Session, account_id: int) -> Account | None:
    """The account with this id."""
    return session.get(Account, account_id)


def by_ids(session: Session, ids: Iterable[int]) -> dict[int, Account]:
    """The accounts with these ids, each by its own."""
    rows = session.scalars(select(Account).where(Account.id.in_(set(ids))))
    return {account.id: account for account in rows}


def by_name(session: Session, name: str) -> Account | None:
    """The account called so, look-alikes folded."""
    return session.scalars(select(Account).where(Account.name_key == names.fold(name))).first()


def by_email(session: Session, email: str) -> Account | None:
    """The account with this address."""
    return session.scalars(select(Account).where(Account.email_key == addresses.key(email))).first()


def by_login(session: Session, login: str) -> Account | None:
    """The account with this name or this address: what one types to sign in."""
    login = login.strip()[: addresses.LONGEST]
    found = by_email(session, login) if "@" in login else by_name(session, login)
    return found if found and found.deactivated_at is None else None


def own(session: Session, actor: Actor) -> Account:
    """The actor's own account; NotFound for a guest."""
    account = session.get(Account, actor.account_id) if actor.account_id is not None else None
    if account is None:
        raise NotFound
    return account


def profile_of(session: Session, name: str) -> Account:
    """The account whose profile stands at `/u/<name>`: by its name, else by one it had. Or NotFound.

    Compare `account.name` with `name` to learn whether the profile has moved.
    """
    account = by_name(session, name) or by_former_name(session, name)
    if account is None or account.deactivated_at is not None or not (account.confirmed_at or account.placeholder_since):
        raise NotFound(_("There is nobody here by this name."))
    return account


def by_former_name(session: Session, name: str) -> Account | None:
    """The account that was called so once."""
    return session.scalars(
        select(Account)
        .join(FormerName, FormerName.account_id == Account.id)
        .where(FormerName.name_key == names.fold(name))
    ).first()


def is_taken(session: Session, name: str, *, besides: int | None = None) -> bool:
    """Whether somebody else than account `besides` is called so, or was, or a group is: a mention means one of them.
    A name that only looks like a group's would be taken for it."""
    if is_called(session, name, besides=besides):
        return True
    alike = {names.fold(name), names.fold(slug_of(name, 40))}
    return any(_folded(slug) in alike for slug in session.scalars(select(GroupRow.slug)))


_folded = lru_cache(maxsize=4096)(names.fold)


def is_called(session: Session, name: str, *, besides: int | None = None) -> bool:
    """Whether a person other than account `besides` is called so, or was."""
    key = names.fold(name)
    now = select(Account.id).where(Account.name_key == key, Account.id != (besides or 0))
    once = select(FormerName.account_id).where(FormerName.name_key == key, FormerName.account_id != (besides or 0))
    return bool(session.scalar(select(exists(now) | exists(once))))


def known_names(session: Session, candidates: Iterable[str]) -> frozenset[str]:
    """Those of the written names that lead to an account, former names included."""
    keys = {name: names.fold(name) for name in candidates}
    wanted = set(keys.values())
    found = set(session.scalars(select(Account.name_key).where(Account.name_key.in_(wanted))))
    found |= set(session.scalars(select(FormerName.name_key).where(FormerName.name_key.in_(wanted))))
    return frozenset(name for name, key in keys.items() if key in found)


# ── names, pictures, secrets ──────────────────────────────────────────────────────────────────────────────────────────


def last_renamed_at(session: Session, account_id: int) -> datetime | None:
    """When the account last changed its name."""
    return session.scalar(select(func.max(FormerName.changed_at)).where(FormerName.account_id == account_id))


def picture_is_used(session: Session, key: str) -> bool:
    """Whether any account shows the uploaded picture `key`."""
    return bool(session.scalar(select(exists(select(Account.id).where(Account.avatar_key == key)))))


def has_administrator(session: Session) -> bool:
    """Whether somebody looks after the place already."""
    return bool(session.scalar(select(exists().where(GroupMember.group_id == int(Group.ADMINISTRATORS)))))


def opens_setup(session: Session, secret: str) -> bool:
    """Whether the printed link still makes an administrator."""
    kept = sites.site(session).setup_hash
    return bool(kept) and hmac.compare_digest(kept, secret_hash(secret))


def token(session: Session, secret: str, now: datetime, *purposes: Purpose) -> Token:
    """The living token behind a mailed secret, or Gone."""
    found = session.scalars(
        select(Token).where(
            Token.secret_hash == secret_hash(secret),
            Token.purpose.in_(purposes),
            Token.used_at.is_(None),
            Token.expires_at > now,
        )
    ).first()
    if found is None:
        raise Gone(_("This link has been used already, or its time has run out."))
    return found


def tokens_since(session: Session, address: str, since: datetime) -> int:
    """How many mails with secrets were ordered for an address (its key) since then."""
    return session.scalar(select(func.count(Token.id)).where(Token.address == address, Token.created_at > since)) or 0
