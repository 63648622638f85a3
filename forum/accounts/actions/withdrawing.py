"""A spam account: what it says of itself is taken away and it takes part no more; the exact opposite; and forgetting
who it was."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts.actions import secrets
from forum.accounts.actions.entering import end_all
from forum.accounts.models import Account, FormerName, Token
from forum.core import clock
from forum.core.db.keeping import Kept, columns_of, set_columns
from forum.permissions import Act, Actor, require

_SAID = (
    *("display_name", "pronouns", "headline", "location", "about_source", "about_html", "about_version", "links"),
    *("avatar_key", "may_be_asked"),
)
_SHUT = ("suspended_at", "suspended_until", "suspension_reason")


def blank(session: Session, actor: Actor, account: Account, reason: str) -> Kept:
    """Take what the profile (locked) says away, and suspend the account until somebody lifts that. Returns what
    `unblank` needs."""
    require(actor, Act.REMOVE_SPAMMER, account)
    kept = columns_of(account, (*_SAID, *_SHUT))
    account.display_name = account.pronouns = account.headline = account.location = ""
    account.about_source = account.about_html = account.avatar_key = ""
    account.about_version, account.links, account.may_be_asked = 0, [], False
    account.suspended_at, account.suspended_until, account.suspension_reason = clock.now(), None, reason
    session.flush()
    return kept | {"at": account.suspended_at.isoformat()}


def unblank(session: Session, actor: Actor, account: Account, kept: Kept) -> None:
    """As it was (`account` locked); a suspension that somebody set since stays."""
    require(actor, Act.REMOVE_SPAMMER, account)
    set_columns(account, {name: kept[name] for name in _SAID})
    if account.suspended_at is not None and account.suspended_at.isoformat() == kept["at"]:
        set_columns(account, {name: kept[name] for name in _SHUT})
    session.flush()


def forget_person(session: Session, actor: Actor, account: Account) -> None:
    """Nothing says any more whose account this was: no name, no address, no way in. What is left is a number."""
    require(actor, Act.REMOVE_SPAMMER, account)
    end_all(session, account)
    secrets.void(session, account)
    session.execute(delete(Token).where(Token.account_id == account.id))
    session.execute(delete(FormerName).where(FormerName.account_id == account.id))
    account.name = f"removed-{account.id}"
    account.name_key = names.fold(account.name)
    account.email = account.email_key = account.password_hash = None
    account.locale = account.time_zone = account.suspension_reason = ""
    account.deactivated_at = account.deactivated_at or clock.now()
    session.flush()
