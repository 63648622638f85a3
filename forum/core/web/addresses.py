"""The parts of an address that change. What no row can be called is a 404, not an accident."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter, ValidationError

LARGEST_ID = 2**31 - 1


class RowIntegerConverter(IntegerConverter):
    """`<int:…>`: a number that both databases take for an id."""

    def __init__(self, map: Map, max: int = LARGEST_ID) -> None:  # noqa: A002 werkzeug's names
        super().__init__(map, max=max)


class TextConverter(UnicodeConverter):
    """`<…>`: words without NUL, which PostgreSQL does not take."""

    def to_python(self, value: str) -> str:
        if "\0" in value:
            raise ValidationError
        return value


def register(app: Flask) -> None:
    """Before any address is added."""
    app.url_map.converters.update(int=RowIntegerConverter, string=TextConverter, default=TextConverter)
    app.after_request(_stay_here)


def _stay_here(response: Response) -> Response:
    """An address with doubled slashes is put right by the router, in the name of whatever host the request named, which
    may be forged: the way goes on by path alone."""
    if response.status_code == 308 and response.location:
        way = urlsplit(response.location)
        response.location = "/" + way.path.lstrip("/\\") + (f"?{way.query}" if way.query else "")
    return response
