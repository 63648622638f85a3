"""A spam account: what it says of itself is taken away and it takes part no more; the exact opposite; and forgetting
who it was."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts.actions import secrets
from forum.accounts.actions.entering import end_all
from forum.accounts.models import Account, FormerName, Token
from forum.accounts.sanction_models import Sanction
from forum.core import clock
from forum.core.db.keeping import Kept, columns_of, set_columns
from forum.permissions import Act, Actor, Kind, require
from forum.site.rules import Rule

_SAID = (
    *("display_name", "pronouns", "headline", "location", "about_source", "about_html", "about_version", "links"),
    *("avatar_key", "may_be_asked"),
)


def blank(session: Session, actor: Actor, account: Account, reason: str) -> Kept:
    """Take what the profile (locked) says away, and suspend the account until somebody lifts that. Returns what
    `unblank` needs."""
    require(actor, Act.REMOVE_SPAMMER, account)
    kept = columns_of(account, _SAID)
    account.display_name = account.pronouns = account.headline = account.location = ""
    account.about_source = account.about_html = account.avatar_key = ""
    account.about_version, account.links, account.may_be_asked = 0, [], False
    shut = Sanction(
        account_id=account.id,
        kind=str(Kind.SUSPENSION),
        rule=str(Rule.SPAM),
        facts=reason,
        detected="own",
        since=clock.now(),
        by_id=actor.account_id,
        role="administrator" if actor.is_admin else "moderator",
    )
    session.add(shut)
    session.flush()
    return kept | {"suspension": shut.id}


def unblank(session: Session, actor: Actor, account: Account, kept: Kept) -> None:
    """As it was (`account` locked); a suspension of another kind stays."""
    require(actor, Act.REMOVE_SPAMMER, account)
    set_columns(account, {name: kept[name] for name in _SAID})
    session.execute(delete(Sanction).where(Sanction.id == kept["suspension"], Sanction.account_id == account.id))
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
    account.locale = account.time_zone = ""
    told = update(Sanction).where(Sanction.account_id == account.id, Sanction.rule == str(Rule.SPAM))
    session.execute(told.values(facts=str(Rule.SPAM)))
    account.deactivated_at = account.deactivated_at or clock.now()
    session.flush()
