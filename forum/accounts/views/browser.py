"""What a request says of the browser, and what is put into its cookie."""

from __future__ import annotations

from typing import Any

import flask
import flask_login
from flask import request

from forum import identity
from forum.accounts.actions import Entered
from forum.accounts.drafts import Device

# What `forum.drafts` keeps in the cookie of somebody who wrote before signing in.
WAITING = "waiting"


def device() -> Device:
    """The browser that is asking."""
    return Device(request.user_agent.string, request.remote_addr or "")


def let_in(entered: Entered) -> None:
    """Put the new secret into a fresh cookie: nothing of the session before survives, but the way to what was written
    before signing in."""
    waiting = kept(WAITING)
    flask.session.clear()
    if waiting:
        keep(WAITING, waiting)
    flask.session.permanent = True
    row = entered.row
    flask_login.login_user(identity.SignedIn(entered.secret, row.id, row.last_seen_at, entered.account))
    identity.forget()


def let_out() -> None:
    """Empty the cookie."""
    flask_login.logout_user()
    flask.session.clear()
    identity.forget()


def keep(name: str, value: Any) -> None:
    """Remember something in the cookie until sign-in."""
    flask.session[name] = value


def kept(name: str) -> Any:
    """What was remembered, or None."""
    return flask.session.get(name)
