"""The index of tags."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import queries
from forum.core.db import reading
from forum.core.web.pages import render
from forum.posts.queries import tag_counts

blueprint = Blueprint("boards", __name__)


@blueprint.get("/tags")
def tags() -> Response:
    """All tags by name, with what each is for, and how many topics under it the reader may see."""
    found = queries.tags(reading())
    return render("boards/tags.html", tags=found, counts=tag_counts(reading(), identity.actor(), found))
