"""The first administrator. Whoever is at the machine, or holds the link that it printed, asks nobody else."""

from __future__ import annotations

from secrets import token_urlsafe

from sqlalchemy.orm import Session

from forum.accounts import queries
from forum.accounts.actions.entering import Entered, enter
from forum.accounts.actions.joining import create
from forum.accounts.actions.membership import enter_group
from forum.accounts.drafts import Device, SignUp
from forum.accounts.events import AccountCreated
from forum.accounts.models import Account
from forum.core.errors import Gone, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Group, require
from forum.site import queries as sites


def prepare_setup(session: Session) -> str | None:
    """A new secret for `/setup/<secret>`, the former ones void; None when there is an administrator."""
    site = sites.site(session)
    if queries.has_administrator(session):
        site.setup_hash = ""
        return None
    secret = token_urlsafe(32)
    site.setup_hash = queries.secret_hash(secret)
    return secret


def found(session: Session, actor: Actor, secret: str, draft: SignUp, device: Device) -> Entered:
    """The first visitor becomes the administrator, once, and is let in."""
    require(actor, Act.ENTER)
    if not queries.opens_setup(session, secret) or queries.has_administrator(session):
        raise Gone(_("This place has been set up already."))
    account = create_administrator(session, draft, actor.locale)
    return enter(session, account, device, in_place_of=actor.session_id)


def create_administrator(session: Session, draft: SignUp, locale: str = "") -> Account:
    """A confirmed account that looks after the place. The set-up link is void from now on."""
    if queries.by_email(session, draft.email) is not None:
        raise Invalid(_("There is an account with this address already."), "email")
    account = create(session, draft, locale)
    enter_group(session, int(Group.ADMINISTRATORS), account.id)
    sites.site(session).setup_hash = ""
    session.flush()
    emit(session, AccountCreated(account.id))
    return account
