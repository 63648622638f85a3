"""What the worker does for the search."""

from __future__ import annotations

from forum.core.db import transaction
from forum.permissions import HOUSE
from forum.search import actions, indexing


def finish_indexing() -> None:
    """Write what waits to be found: after an upgrade, or when texts were rendered anew. Mostly there is nothing."""
    indexing.write_all()


def forget_old_misses() -> None:
    """What nobody has asked for lately is no seed any more."""
    with transaction() as session:
        actions.forget_old_misses(session, HOUSE)
