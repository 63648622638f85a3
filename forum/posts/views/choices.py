"""What forms offer to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from forum.boards.fields import Input
from forum.boards.kinds import Kind
from forum.core.zones import time_zones


def zone_choices(kind: Kind) -> Sequence[str]:
    """Names of time zones, for kinds that ask for one."""
    return time_zones() if any(field.input is Input.ZONE for field in kind.fields) else ()
