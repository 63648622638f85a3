"""The addresses of moderation: flagging, deciding."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("moderation", __name__)

from forum.moderation.views import deciding, flagging  # noqa: E402

__all__ = ["blueprint", "deciding", "flagging"]
