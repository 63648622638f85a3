"""Who is asking: the session cookie becomes an `Actor`, a plain value that the domain understands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from hashlib import blake2b
from typing import Any

from flask import Flask, g, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import Select
from sqlalchemy.orm import Session

from forum.accounts import queries as accounts
from forum.accounts.ignoring import ignored_ids
from forum.accounts.models import Account
from forum.accounts.sanctioned import is_sanctioned, restraints_of
from forum.boards import queries as boards
from forum.core import clock
from forum.core.db import reading
from forum.core.web import banners, languages, times
from forum.notifications import queries as notices
from forum.organization import queries as organizations
from forum.permissions import Actor, Group, Kind, Trust
from forum.site import queries as sites
from forum.site.settings import duration

TOUCH_AFTER = timedelta(minutes=5)


class SignedIn(UserMixin):
    """What Flask-Login carries: the secret of an account session, and who that is. `groups`, `ignored` None: not read
    yet. `beside`: unread notices, whether they belong to an organization or did, whether they are sanctioned."""

    def __init__(
        self,
        secret: str,
        session_id: int,
        last_seen_at: object,
        account: Account,
        groups: frozenset[int] | None = None,
        ignored: frozenset[int] | None = None,
        beside: Sequence[Any] = (0, True, True),
    ) -> None:
        self.secret = secret
        self.session_id = session_id
        self.last_seen_at = last_seen_at
        self.account = account
        self.groups = groups
        self.ignored = ignored
        self.unread_notices: int = beside[0]
        self.belongs: bool = beside[1]
        self.is_sanctioned: bool = beside[2]

    def get_id(self) -> str:
        return self.secret


def register(app: Flask) -> None:
    """Teach Flask-Login our sessions, and templates `actor`."""
    manager = LoginManager()
    manager.session_protection = None  # our own rows are rotated, listed and revoked
    manager.user_loader(_load)
    manager.init_app(app)


@cache
def _entering() -> Select[Any]:
    return accounts.entering(
        notices.bell(), organizations.ever_belonged(Account.id), is_sanctioned(Account.id, accounts.NOW)
    )


def _load(secret: str) -> SignedIn | None:
    found = accounts.signed_in(reading(), _entering(), secret, clock.now())
    if found is None:
        return None
    row = found.session
    return SignedIn(secret, row.id, row.last_seen_at, found.account, found.groups, found.ignored, found.beside)


def actor() -> Actor:
    """Who is asking in this request; asked once, then kept for its duration."""
    if "actor" not in g:
        g.actor = _actor()
    kept: Actor = g.actor
    return kept


def forget() -> None:
    """Ask again: somebody just signed in or out in this request."""
    g.pop("actor", None)


def _actor() -> Actor:
    user = current_user
    if isinstance(getattr(user, "account", None), Account):
        groups = accounts.groups_of(reading(), user.account) if user.groups is None else user.groups
        found = _actor_in(
            reading(),
            user.account,
            groups,
            user.session_id,
            user.ignored,
            belongs=user.belongs,
            is_sanctioned=user.is_sanctioned,
        )
        zone = found.time_zone or times.of_browser()
        return replace(found, unread_notices=user.unread_notices, time_zone=zone)
    return replace(
        guest(reading()),
        locale=languages.of_browser(remembered=True),
        time_zone=times.of_browser(),
        banner_seen=banners.put_away(),
    )


def guest(session: Session) -> Actor:
    """Somebody who has not signed in, with what everyone may do."""
    rights, as_member = boards.rights_of_guests(session)
    return Actor(rights=rights, as_member=as_member)


def actor_for(session: Session, account: Account) -> Actor:
    """The account as an actor: groups, rights, standing. For jobs and tests. One that is closed may do no more than a
    suspended one."""
    return _actor_in(session, account, accounts.groups_of(session, account), None)


def _actor_in(
    session: Session,
    account: Account,
    groups: frozenset[int],
    session_id: int | None,
    ignored: frozenset[int] | None = None,
    *,
    belongs: bool = True,
    is_sanctioned: bool = True,
) -> Actor:
    if account.waiting_since is not None:
        groups = frozenset({int(Group.EVERYONE)})
    is_staff = Group.STAFF in groups or Group.ADMINISTRATORS in groups
    trust = Trust.REGULAR if is_staff else Trust(account.trust)
    window = "edit_window_newcomer" if trust is Trust.NEWCOMER else "edit_window"
    restraints = restraints_of(session, account.id, clock.now()) if is_sanctioned else {}
    belonging = organizations.belonging(session, account.id, clock.now()) if belongs else None
    return Actor(
        account_id=account.id,
        name=account.name,
        display_name=account.shown_name,
        avatar_url=avatar_url(account) if request else "",
        groups=groups,
        rights=boards.rights_for(session, groups, account.id if account.waiting_since is None else None),
        trust=trust,
        is_confirmed=account.confirmed_at is not None,
        is_suspended=Kind.SUSPENSION in restraints or account.deactivated_at is not None,
        restraints=restraints,
        must_accept=account.terms_version < sites.site(session).terms_version,
        edit_window=duration(sites.settings(session), window),
        is_waiting=account.waiting_since is not None,
        theme=account.theme,
        locale=account.locale,
        time_zone=account.time_zone,
        uses_keys=account.uses_keys,
        session_id=session_id,
        ignored=ignored_ids(session, account, clock.now()) if ignored is None else ignored,
        has_mail=account.new_message_at is not None,
        banner_seen=account.banner_seen,
        belonging=belonging,
        left_at=organizations.left_at(session, account.id) if belongs and belonging is None else None,
    )


def avatar_url(account: Account) -> str:
    """Where the picture of an account is: uploaded or drawn, never a third party's; changes when the picture does."""
    return url_for("accounts.avatar", name=account.name, v=avatar_version(account))


def avatar_version(account: Account) -> str:
    """Part of the avatar's address that changes with the picture."""
    drawn = f"{account.id} {account.shown_name}".encode()
    return account.avatar_key[-20:-10] if account.avatar_key else blake2b(drawn, digest_size=5).hexdigest()
