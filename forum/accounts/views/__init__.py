"""The addresses of accounts, by what people come for."""

from __future__ import annotations

from functools import partial

import flask
from flask import Blueprint, Response, request
from flask_login import current_user

from forum import identity
from forum.accounts import actions
from forum.core import clock
from forum.core.web.afterwards import afterwards

blueprint = Blueprint("accounts", __name__)

from forum.accounts.views import entering, gating, ignoring, joining, mailed, profiles, settings, setup  # noqa: E402, F401


@blueprint.after_app_request
def _remember_presence(response: Response) -> Response:
    """A session in use does not run out: noted, and its cookie renewed, at most every five minutes.

    Never with what shared caches keep (pictures, stylesheets): they must not keep a cookie. Nor for what a page asks by
    itself every few seconds: nobody need be there.
    """
    is_kept_by_caches = request.endpoint in ("static", "notifications.live") or response.cache_control.public
    if is_kept_by_caches or "_user_id" not in flask.session:
        return response
    seen_at = getattr(current_user, "last_seen_at", None)
    now = clock.now()
    if seen_at is None or now - seen_at < identity.TOUCH_AFTER:
        return response
    flask.session.modified = True
    return afterwards(response, partial(actions.note_presence, actor=identity.actor(), now=now))
