"""The host's own colour as a stylesheet of one rule."""

from __future__ import annotations

from flask import Blueprint, Response, request

from forum.core.db import reading
from forum.core.web.assets import LONG_LIVED
from forum.site import queries

blueprint = Blueprint("site", __name__)


@blueprint.get("/appearance.css")
def appearance() -> Response:
    """Kept for a year under the address that names the colour; any other address is asked again each time."""
    site = queries.site(reading())
    rule = f":root {{\n  --accent: {site.accent};\n  --accent-dark: {site.accent_dark};\n}}\n" if site.accent else ""
    answer = Response(rule, mimetype="text/css")
    if site.accent and request.args.get("v") == site.appearance_version:
        answer.headers["Cache-Control"] = LONG_LIVED
    return answer
