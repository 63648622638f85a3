"""A refusal rolls back whatever its verb did: that a block kept somebody out is written down after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from forum.core.db import transaction
from forum.shields.actions import count_hit
from forum.shields.refusals import Blocked


@contextmanager
def counted() -> Iterator[None]:
    """Around a transaction that a block may refuse."""
    try:
        yield
    except Blocked as error:
        with transaction() as session:
            count_hit(session, error.block_id)
        raise
