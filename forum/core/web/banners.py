"""Which banner a guest put away: a cookie of this browser, as members have it in their account."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.wrappers import Response

COOKIE = "trellis_banner"
YEAR = 365 * 24 * 3600


def put_away() -> int:
    """The number of the last one, 0 for none."""
    said = request.cookies.get(COOKIE, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def remember(response: Response, number: int) -> Response:
    """Do not show it in this browser any more."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(COOKIE, str(number), max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response
