"""What an account says of itself is taken away; of a spam account, with all else: it takes part no more. The exact
opposites; and forgetting who it was."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts.actions import secrets
from forum.accounts.actions.entering import end_all
from forum.accounts.events import ProfileEdited
from forum.accounts.models import Account, FormerName, Token
from forum.accounts.sanction_models import Sanction
from forum.core import clock
from forum.core.db.keeping import Kept, columns_of, set_columns
from forum.core.events import emit
from forum.permissions import Act, Actor, Kind, require
from forum.site.rules import Rule

_ABOUT = ("about_source", "about_html", "about_version")
_SAID = ("display_name", "pronouns", "headline", "location", *_ABOUT, "links", "avatar_key")


def empty_profile(session: Session, actor: Actor, account: Account) -> Kept:
    """Take what the profile (locked) says away, name, face and all. Returns what `refill_profile` needs."""
    require(actor, Act.EMPTY_PROFILE, account)
    kept = _empty(account)
    session.flush()
    emit(session, ProfileEdited(account.id))
    return kept


def refill_profile(session: Session, actor: Actor, account: Account, kept: Kept) -> None:
    """As it was (`account` locked); what its owner has written anew meanwhile stays."""
    require(actor, Act.EMPTY_PROFILE, account)
    anew = {name for name in _SAID if getattr(account, name)}
    anew |= set(_ABOUT) if account.about_source else set()
    set_columns(account, {name: value for name, value in kept.items() if name not in anew})
    session.flush()
    emit(session, ProfileEdited(account.id))


def _empty(account: Account) -> Kept:
    kept = columns_of(account, _SAID)
    account.display_name = account.pronouns = account.headline = account.location = ""
    account.about_source = account.about_html = account.avatar_key = ""
    account.about_version, account.links = 0, []
    return kept


def blank(session: Session, actor: Actor, account: Account, reason: str, ruling_id: int | None) -> Kept:
    """Take what the profile (locked) says away, and suspend the account until somebody lifts that; `ruling_id`: the
    decision that does. Returns what `unblank` needs."""
    require(actor, Act.REMOVE_SPAMMER, account)
    kept = _empty(account) | {"may_be_asked": account.may_be_asked}
    account.may_be_asked = False
    shut = Sanction(
        account_id=account.id,
        kind=str(Kind.SUSPENSION),
        rule=str(Rule.SPAM),
        facts=reason,
        detected="own",
        since=clock.now(),
        by_id=actor.account_id,
        role="administrator" if actor.is_admin else "moderator",
        ruling_id=ruling_id,
    )
    session.add(shut)
    session.flush()
    return kept | {"suspension": shut.id}


def unblank(session: Session, actor: Actor, account: Account, kept: Kept) -> None:
    """As it was (`account` locked); a suspension of another kind stays."""
    require(actor, Act.REMOVE_SPAMMER, account)
    set_columns(account, {name: kept[name] for name in (*_SAID, "may_be_asked")})
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
