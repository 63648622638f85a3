"""Joining: asking for an account, and getting it when the address is confirmed.

Until then there is no account, no name is taken and nothing is shown anywhere: so whoever asks with an address that is
known here sees exactly what everybody sees, now and later. What differs is the mail, and only its owner reads that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forum.accounts import addresses, admission, gates, names, queries
from forum.accounts.actions import secrets
from forum.accounts.actions.gating import use_invitation
from forum.accounts.drafts import SignUp
from forum.accounts.events import AccountCreated, SignUpWaiting
from forum.accounts.models import Account, Token, WaitingSignUp
from forum.accounts.tokens import Purpose
from forum.core import clock
from forum.core.errors import Conflict, Gone, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.shields import queries as shields
from forum.shields.actions import remember_address, try_sign_up
from forum.shields.models import SIGN_UP
from forum.site import queries as sites


def sign_up(session: Session, actor: Actor, draft: SignUp) -> int:
    """Write to the address, whoever has it. Returns a number by which the mail can be sent again."""
    require(actor, Act.ENTER)
    invitation = admission.living_invitation(session, draft.entry.invitation_id, clock.now())
    gate = admission.rules(admission.gate(session, lock=True))  # so that two at once are counted one after the other
    gates.check(gate, draft.email, draft.entry, is_invited=invitation is not None)
    shields.check_range(session, draft.address)
    shields.check_domain(session, draft.email)
    refuse_taken(session, draft.name)
    is_rush = try_sign_up(session, draft.address)
    known = queries.by_email(session, draft.email)
    if known is None:
        terms = sites.site(session).terms_version  # what the form showed; what holds when they confirm may be newer
        payload: dict[str, Any] = {"name": draft.name, "email": draft.email, "password_hash": draft.password_hash}
        payload |= {"terms": terms, "invitation": invitation.id if invitation is not None else None}
        payload |= {"words": draft.entry.words, "onward": draft.onward}
        payload |= {"address": draft.address, "is_rush": is_rush}
        return secrets.issue(session, Purpose.SIGN_UP, draft.email, payload=payload).id
    return _write_to(session, known, draft.email).id


def send_again(session: Session, actor: Actor, number: int) -> int:
    """The mail of a sign-up once more, with a fresh link; nothing when it was used meanwhile."""
    require(actor, Act.ENTER)
    token = session.get(Token, number)
    if token is None or token.used_at is not None:
        return number
    known = session.get(Account, token.account_id) if token.account_id is not None else None
    if known is not None:
        return _write_to(session, known, token.address).id
    if token.purpose != Purpose.SIGN_UP:
        return number
    return secrets.issue(session, Purpose.SIGN_UP, token.payload["email"], payload=dict(token.payload)).id


def _write_to(session: Session, known: Account, email: str) -> Token:
    """To somebody who asks for an account and has one, or has one waiting."""
    if known.is_placeholder:
        return secrets.issue(session, Purpose.CLAIM, email, account=known, payload={"email": email})
    return secrets.issue(session, Purpose.RESET, email, account=known, payload={"asked": "sign_up"})


def confirm_sign_up(session: Session, actor: Actor, secret: str, name: str | None = None) -> Account:
    """The account that was asked for. `name`: another one, when the wanted name was taken meanwhile."""
    require(actor, Act.ENTER)
    token = secrets.redeem(session, Purpose.SIGN_UP, secret)
    if queries.by_email(session, token.payload["email"]) is not None:
        raise Conflict(_("There is an account with this address already. Sign in, or ask for a new password."))
    draft = SignUp(name or token.payload["name"], token.payload["email"], token.payload["password_hash"])
    account = create(session, draft, actor.locale, actor.time_zone)
    account.terms_version = int(token.payload.get("terms", 0))
    must_wait = not _is_admitted(session, account, token.payload)
    remember_address(session, account.id, SIGN_UP, token.payload.get("address", ""))
    session.execute(
        update(Token)
        .where(Token.address == account.email_key, Token.purpose == str(Purpose.SIGN_UP))
        .values(used_at=clock.now(), payload={})
    )
    emit(session, SignUpWaiting(account.id) if must_wait else AccountCreated(account.id))
    return account


def _is_admitted(session: Session, account: Account, asked: Mapping[str, Any]) -> bool:
    """Whether the gate, as it stands by now, lets the new account in at once; else it waits for somebody's yes. Gone
    when it lets them in no more."""
    gate, invited = admission.rules(admission.gate(session)), asked.get("invitation")
    came_by_it = invited is not None and use_invitation(session, invited, account)
    if gate.mode == "invitation" and invited is not None and not came_by_it:
        raise Gone(_("This invitation has been used up meanwhile, or taken back."))
    try:
        gates.check_address(gate, asked["email"], is_invited=came_by_it)
        shields.check_domain(session, asked["email"])
    except Invalid as error:
        raise Gone(error.sentence) from None
    if came_by_it or not (gate.mode == "approval" or asked.get("is_rush")):
        return True
    account.confirmed_at, account.waiting_since = None, clock.now()
    session.add(WaitingSignUp(account_id=account.id, words=asked.get("words", ""), since=account.waiting_since))
    session.flush()
    return False


def create(session: Session, draft: SignUp, locale: str = "", time_zone: str = "") -> Account:
    """A confirmed account; Invalid when its name is taken. `locale`, `time_zone`: those that its person read in."""
    now = clock.now()
    account = Account(
        name=draft.name,
        name_key=names.fold(draft.name),
        email=draft.email,
        email_key=addresses.key(draft.email),
        password_hash=draft.password_hash,
        created_at=now,
        confirmed_at=now,
        locale=locale,
        time_zone=time_zone,
    )
    refuse_taken(session, draft.name)
    settle(session, account)
    return account


def refuse_taken(session: Session, name: str, *, besides: int | None = None) -> None:
    """Invalid when somebody else is called so, or was: old links and mentions lead to them."""
    if queries.is_taken(session, name, besides=besides):
        raise Invalid(_("Somebody is called “%(name)s”, or so alike. Choose another name.", name=name), "name")


def settle(session: Session, account: Account) -> None:
    """Write a new or changed name or address. Of two who want the same at once, one hears that it is taken."""
    try:
        with session.begin_nested():
            session.add(account)
            session.flush()
    except IntegrityError:
        raise Conflict(_("Somebody took this name or address a moment ago. Please try again.")) from None
    refuse_taken(session, account.name, besides=account.id)
