"""A request body over the limit is refused before it is read into memory."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

from forum.core.settings import Settings


def register(app: Flask, settings: Settings) -> None:
    """Refuse by the announced length first; a body that lies is cut off by Werkzeug while reading."""
    app.config["MAX_CONTENT_LENGTH"] = settings.max_request_bytes
    # Text fields may be long (32,000 characters of four bytes, and several of them); files go to disk.
    app.config["MAX_FORM_MEMORY_SIZE"] = 2 * 2**20
    app.config["MAX_FORM_PARTS"] = 400
    app.before_request(_refuse_large)


def _refuse_large() -> None:
    announced = request.content_length
    if announced is not None and request.max_content_length is not None and announced > request.max_content_length:
        raise RequestEntityTooLarge
