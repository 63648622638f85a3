"""The flask commands: `flask --app app …`."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Add our commands to `app`."""
