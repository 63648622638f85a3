"""Forgetting what was brought and never used."""

from __future__ import annotations

from forum.core.db import transaction
from forum.core.web.running import storage
from forum.permissions import HOUSE
from forum.uploads import actions

BATCH = 200


def forget_unused_uploads() -> None:
    """Rows first, then the files that no row names: interrupted between, it leaves a file, never a broken picture."""
    while True:
        with transaction() as session:
            count, keys = actions.forget_unused(session, HOUSE, BATCH)
        for key in keys:
            storage().delete(key)
        if count < BATCH:
            return
