"""Words for what becomes of an assignment. A table, said when shown."""

from __future__ import annotations

from collections.abc import Mapping

from forum.core.words import gettext as _
from forum.core.words import mark

_OUTCOMES: Mapping[str, str] = {
    "done": mark("done"),
    "taken_back": mark("taken back"),
    "handed_on": mark("handed on"),
}


def outcome(key: str) -> str:
    """What became of it; empty while it lasts."""
    return _(_OUTCOMES[key]) if key in _OUTCOMES else ""
