"""When a form was first shown, signed into it, so that what comes faster than people write gives itself away."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from forum.core import clock


@dataclass(frozen=True, slots=True)
class Begun:
    """How many seconds ago, and with how many characters in its text."""

    seconds: float
    characters: int = 0


def stamp(characters: int = 0) -> str:
    """For a form that is shown now."""
    return str(_serializer().dumps([clock.now().timestamp(), characters]))


def read(stamped: str) -> Begun | None:
    """What a form that comes back says; None where that is not ours."""
    try:
        at, characters = _serializer().loads(stamped)
        return Begun(clock.now().timestamp() - at, characters)
    except (BadSignature, TypeError, ValueError):
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="form began")
