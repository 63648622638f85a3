"""What an older forum left unwritten for the search, written now: in batches, each its own transaction.

Can be ended and begun again at any time. `flask --app app index` shows a bar, a job does it at leisure.
"""

from __future__ import annotations

from collections.abc import Callable

from forum.core.db import reading, transaction
from forum.permissions import HOUSE
from forum.posts import texts

BATCH = 500


def write_all(told: Callable[[int], object] = lambda _number: None) -> int:
    """Write every row that waits; `told` hears how many more are done. Opens transactions. How many there were."""
    count = 0
    while found := texts.unwritten(reading(), BATCH):
        rows = texts.rows_of(found)
        with transaction() as session:
            texts.write_again(session, HOUSE, rows)
        told(len(rows))
        count += len(rows)
    return count
