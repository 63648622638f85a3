"""What people typed, as it reaches the views: without NUL, which says nothing and which PostgreSQL does not take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import flask
from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.datastructures.structures import iter_multi_items


class Typed(ImmutableMultiDict[str, Any]):
    """Fields of a form or a query. What has no name is dropped, and files are left as they are."""

    def __init__(
        self, mapping: Mapping[str, Any] | MultiDict[str, Any] | Iterable[tuple[str, Any]] | None = None
    ) -> None:
        pairs: Iterable[tuple[Any, Any]] = iter_multi_items(mapping) if mapping is not None else ()
        super().__init__([(_clean(name), _clean(value)) for name, value in pairs if isinstance(name, str)])


def _clean(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) else value


def typed_number(typed: str) -> int | None:
    """The whole number that was typed, of at most nine digits, as every number of ours has; None for anything else.
    Python refuses to read thousands of digits, and a database to compare what is larger than its own numbers."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


_TOPIC = re.compile(r"(?:^|/t/)(\d{1,9})(?:\D|$)")
_POST = re.compile(r"/p/(\d{1,9})(?!\d)")


def pasted_topic(typed: str) -> int | None:
    """The number of the topic whose address was pasted, whole or in part; None where there is none."""
    found = _TOPIC.search(typed[:500].strip())
    return int(found[1]) if found is not None else None


def pasted_post(typed: str) -> int | None:
    """The number of the post whose own address was pasted, whole or in part; None where there is none."""
    found = _POST.search(typed[:500].strip())
    return int(found[1]) if found is not None else None


class Request(flask.Request):
    """A request whose forms and queries hold no NUL and nothing nameless."""

    parameter_storage_class = Typed


def register(app: Flask) -> None:
    """Read every request so."""
    app.request_class = Request
