"""The addresses of groups: reading them, coming and going, and what their owners do."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("groups", __name__)

from forum.groups.views import coming, deciding, reading  # noqa: E402

__all__ = ["blueprint", "coming", "deciding", "reading"]
