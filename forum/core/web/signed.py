"""Numbers in links that nobody guesses: signed, so that no secret need be kept."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def code_of(purpose: str, number: int) -> str:
    """What a link carries for the row with this number."""
    return str(_serializer(purpose).dumps(number))


def number_in(purpose: str, code: str) -> int | None:
    """The number behind a code that we made for this purpose; None for anything else."""
    try:
        number = _serializer(purpose).loads(code)
    except BadSignature:
        return None
    return number if isinstance(number, int) else None


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=purpose)
