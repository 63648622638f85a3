"""The addresses of thanks and recognition."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("recognition", __name__)

from forum.recognition.views import awards, choosing, own, showing, thanking  # noqa: E402

__all__ = ["awards", "blueprint", "choosing", "own", "showing", "thanking"]
