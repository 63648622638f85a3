"""What addresses ask for: pages, posts."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from forum import identity
from forum.core.errors import NotFound
from forum.core.web.typed import typed_number
from forum.permissions import Right

LAST_PAGE = 10**7


def asked_page() -> int:
    """`?page=` from 1; NotFound where it is no page number."""
    number = typed_number(request.args.get("page", "1")) or 0
    if not 1 <= number <= LAST_PAGE:
        raise NotFound
    return number


def asked_number(name: str) -> int | None:
    """A whole number from the query or the form; None where there is none."""
    return typed_number(request.values.get(name, ""))


def writes_first() -> bool:
    """Whether a guest sent what they wrote before joining."""
    return "first" in request.form and identity.actor().is_guest


def is_member() -> bool:
    """Whether the visitor is signed in: what limits guests does not limit them."""
    return not identity.actor().is_guest


def moved(path: str) -> Response:
    """For good, with whatever was asked for there."""
    query = request.query_string.decode("ascii", "ignore")
    return redirect(f"{path}?{query}" if query else path, 301)


def looks_after_boards() -> bool:
    """Whether the reader moderates anywhere: lists let them choose topics."""
    return bool(identity.actor().boards_with(Right.MODERATE))


def choosing_path(*, on: bool) -> str:
    """This very page with boxes to tick, or without."""
    asked = {name: value for name, value in request.args.items(multi=True) if name != "choose"}
    query = urlencode(asked | ({"choose": "1"} if on else {}))
    return f"{request.path}?{query}" if query else request.path
