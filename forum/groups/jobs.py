"""What groups do by the clock."""

from __future__ import annotations

from forum.core.db import transaction
from forum.groups.automatic import settle


def settle_groups() -> None:
    """Automatic groups as their rules say, for what nobody announces: standing earned or lost, people who left."""
    with transaction() as session:
        settle(session)
