"""The addresses of finding: the page of results, related topics; and of being found: the maps for search engines."""

from flask import Blueprint

blueprint = Blueprint("search", __name__)

from forum.search.views import being_found, related, results  # noqa: E402

__all__ = ["being_found", "blueprint", "related", "results"]
