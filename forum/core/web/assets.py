"""Static files by fingerprint: `asset("css/trellis.css")` → `/static/css/trellis.css?v=<hash>`, kept for a year."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, g, request, url_for

LONG_LIVED = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Give templates `asset` and answer fingerprinted files with a long life."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep_long)


def asset(path: str) -> str:
    """Address of a file in `static/` that changes whenever its content does. Looked up once for each page."""
    known: dict[str, str] = g.setdefault("assets", {})
    if path not in known:
        file = Path(current_app.static_folder or "") / path
        known[path] = url_for("static", filename=path, v=_fingerprint(file, file.stat().st_mtime_ns))
    return known[path]


@lru_cache(maxsize=256)
def _fingerprint(file: Path, _changed: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def _keep_long(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = LONG_LIVED
    return response
