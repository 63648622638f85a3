"""The addresses of conversations: lists, reading, beginning, writing, seats, and reports for moderators."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("conversations", __name__)

from forum.conversations.views import lists, reading, reporting, seating, starting, writing  # noqa: E402

__all__ = ["blueprint", "lists", "reading", "reporting", "seating", "starting", "writing"]
