"""What the running application carries: its settings and its storage, for leaves."""

from __future__ import annotations

from flask import current_app

from forum.core.settings import Settings
from forum.core.storage import Storage


def settings() -> Settings:
    """The settings that the application was made with."""
    found: Settings = current_app.extensions["settings"]
    return found


def storage() -> Storage:
    """Where uploads are kept."""
    found: Storage = current_app.extensions["storage"]
    return found
