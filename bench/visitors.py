"""Who comes: a guest, or members signed in by a cookie of the forum's own making. And what their browsers send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_urlsafe
from urllib.parse import urlencode

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf


@dataclass(frozen=True)
class Visitor:
    """A browser: its cookie (none for a guest), the token its forms carry, and its network address."""

    cookie: str = ""
    token: str = ""
    address: str = "10.0.0.1"

    @property
    def headers(self) -> dict[str, str]:
        """What it sends with each request. One proxy is trusted, so each visitor has an address for the rate limits."""
        return {"X-Forwarded-For": self.address} | ({"Cookie": self.cookie} if self.cookie else {})


GUEST = Visitor()


def visitors_for(app: Flask, secrets: Sequence[str]) -> list[Visitor]:
    """A signed-in browser for each session secret."""
    interface = app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)
    signer = interface.get_signing_serializer(app)
    assert signer is not None
    with app.test_request_context():
        token, kept = generate_csrf(), session["csrf_token"]
    name = app.config["SESSION_COOKIE_NAME"]
    return [
        Visitor(
            cookie=f"{name}={signer.dumps({'_user_id': secret, '_fresh': True, 'csrf_token': kept})}",
            token=token,
            address=f"10.1.{number // 250}.{number % 250 + 1}",
        )
        for number, secret in enumerate(secrets)
    ]


def get(path: str, visitor: Visitor = GUEST) -> str:
    """The whole request for a page."""
    return _request("GET", path, visitor.headers)


def post_reply(topic_id: int, body: str, visitor: Visitor) -> str:
    """The whole request that sends a reply, as the form under a topic does."""
    form = urlencode({"body": body, "once": token_urlsafe(12), "csrf_token": visitor.token})
    sent = {
        **visitor.headers,
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(form)),
    }
    return _request("POST", f"/t/{topic_id}/reply", sent, form)


def _request(method: str, path: str, headers: dict[str, str], body: str = "") -> str:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {text}" for name, text in headers.items())]
    return "\r\n".join([*lines, "Accept: text/html", "Accept-Language: en", "", body])
