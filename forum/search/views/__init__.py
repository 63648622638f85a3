"""The addresses of finding: the page of results."""

from flask import Blueprint

blueprint = Blueprint("search", __name__)

from forum.search.views import results  # noqa: E402

__all__ = ["blueprint", "results"]
