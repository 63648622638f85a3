"""Placeholders: authors from imports and mail become the people they stand for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.accounts import addresses, queries
from forum.accounts.actions import secrets
from forum.accounts.actions.entering import Entered, enter
from forum.accounts.actions.joining import settle
from forum.accounts.drafts import Device
from forum.accounts.events import PlaceholderClaimed
from forum.accounts.models import Account
from forum.accounts.tokens import LIFE_OF_INVITATION, Purpose
from forum.core import clock
from forum.core.errors import Conflict, Gone, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.site.actions import note_deed


def invite_to_claim(session: Session, actor: Actor, placeholder: Account, email: str) -> None:
    """Write to the person whom an administrator knows to be this author. `email` has been through `addresses.check`."""
    require(actor, Act.ADMINISTER)
    if not placeholder.is_placeholder:
        raise Invalid(_("This account has its person already."), "email")
    known = queries.by_email(session, email)
    if known is not None and known.id != placeholder.id:
        raise Invalid(_("“%(name)s” has this address. One person, one account.", name=known.name), "email")
    payload = {"email": email, "invited": True}
    secrets.issue(session, Purpose.CLAIM, email, account=placeholder, payload=payload, life=LIFE_OF_INVITATION)
    note_deed(session, actor, "person", placeholder.id, "awaited", after={"name": placeholder.name, "email": email})


def claim(session: Session, actor: Actor, secret: str, password_hash: str, device: Device) -> Entered:
    """The account, with everything it ever wrote, is its person's. This browser is let in."""
    require(actor, Act.ENTER)
    token = secrets.redeem(session, Purpose.CLAIM, secret)
    account = secrets.owner(session, token)
    if not account.is_placeholder:
        raise Gone(_("This account has its person already."))
    email = token.payload["email"]
    known = queries.by_email(session, email)
    if known is not None and known.id != account.id:
        raise Conflict(_("There is an account with this address already. Sign in, or ask for a new password."))
    account.email, account.email_key = email, addresses.key(email)
    account.password_hash = password_hash
    if account.waiting_since is None:  # who waits for a yes does not get it from a mail
        account.confirmed_at = account.confirmed_at or clock.now()
    account.placeholder_since = None
    account.locale = account.locale or actor.locale
    settle(session, account)
    secrets.void(session, account)
    entered = enter(session, account, device, in_place_of=actor.session_id)
    emit(session, PlaceholderClaimed(account.id))
    return entered
