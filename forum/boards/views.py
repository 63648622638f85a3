"""The index of tags."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from forum.boards import queries
from forum.core.db import reading
from forum.core.web.pages import render

blueprint = Blueprint("boards", __name__)


@blueprint.get("/tags")
def tags() -> Response:
    """All tags by name, with what each is for."""
    return render("boards/tags.html", tags=queries.tags(reading()))
