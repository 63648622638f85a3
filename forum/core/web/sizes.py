"""A request body over the limit is refused before it is read into memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from forum.core.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])

# A file of twenty megabytes, and the form that it comes with.
WITH_FILES = 22 * 2**20


def takes_files(view: View) -> View:
    """Mark a view whose form brings files: its requests may be larger than others."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def register(app: Flask, settings: Settings) -> None:
    """Refuse by the announced length first; a body that lies is cut off by Werkzeug while reading."""
    app.config["MAX_CONTENT_LENGTH"] = settings.max_request_bytes
    # Text fields may be long (32,000 characters of four bytes, and several of them); files go to disk.
    app.config["MAX_FORM_MEMORY_SIZE"] = 2 * 2**20
    app.config["MAX_FORM_PARTS"] = 400
    app.before_request(_refuse_large)


def _refuse_large() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.max_content_length is not None and getattr(view, "takes_files", False):
        request.max_content_length = max(request.max_content_length, WITH_FILES)
    announced = request.content_length
    if announced is not None and request.max_content_length is not None and announced > request.max_content_length:
        raise RequestEntityTooLarge
