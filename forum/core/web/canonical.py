"""The one address of a page: its path and its page number, whatever else was asked along."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, request

from forum.core.web.running import settings
from forum.core.web.typed import typed_number

# Signs that may stand in a path as they are.
_SAFE = "/-._~!$&'()*+,;=:@"


def register(app: Flask) -> None:
    """Give templates `canonical()` and `absolute(path)`."""
    app.add_template_global(canonical)
    app.add_template_global(absolute)


def canonical() -> str:
    """The address of this page as others should name it; "" for what answers a change or is no page."""
    if request.method not in {"GET", "HEAD"} or request.url_rule is None:
        return ""
    number = typed_number(request.args.get("page", "")) or 0
    page = f"?page={number}" if number > 1 else ""
    return absolute(quote(request.path, safe=_SAFE) + page)


def absolute(path: str) -> str:
    """A path of ours as an address that others can follow."""
    return settings().base_url.rstrip("/") + path
