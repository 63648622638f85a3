"""Who somebody is, by name or address and password. Slow on purpose: ask before the transaction, never inside."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from forum.accounts import passwords, queries
from forum.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Proof:
    """The password was right while the account had this hash. `better_hash`: the same password at today's costs."""

    account_id: int
    password_hash: str = field(repr=False)
    better_hash: str = field(repr=False, default="")


def by_login(session: Session, login: str, password: str) -> Proof | None:
    """Proof for the account with this name or address; without one, None after just as long a time."""
    return of(queries.by_login(session, login), password)


def of(account: Account | None, password: str) -> Proof | None:
    """Proof that `password` opens `account`; else None after just as long a time."""
    kept = account.password_hash if account else None
    if not passwords.verify(kept, password) or account is None or kept is None:
        return None
    better = passwords.hash_password(password) if passwords.needs_rehash(kept) else ""
    return Proof(account.id, kept, better)
