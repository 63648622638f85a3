"""Announcements inside the forum: frozen dataclasses in the past tense that carry ids only.

A verb emits when it is done; subscribers hear in the same transaction, in the order of the table that `hearing.py`
installs. A subscriber that raises rolls back the verb: what they write belongs together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

Subscriber = Callable[[Session, Any], None]

_table: dict[type, tuple[Subscriber, ...]] = {}


def wire(table: Mapping[type, Sequence[Subscriber]]) -> None:
    """Install who hears what. An event that is not in the table cannot be emitted: forgetting it is an error."""
    _table.clear()
    _table.update({event: tuple(subscribers) for event, subscribers in table.items()})


def emit(session: Session, event: object) -> None:
    """Tell everyone who listens, now, in the caller's transaction."""
    for subscriber in _table[type(event)]:
        subscriber(session, event)
