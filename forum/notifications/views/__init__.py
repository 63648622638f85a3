"""The addresses of notices: the centre, how to hear of what, and what open pages ask."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("notifications", __name__)

from forum.notifications.views import centre, live  # noqa: E402

__all__ = ["blueprint", "centre", "live"]
