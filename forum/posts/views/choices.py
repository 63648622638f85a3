"""What forms offer to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from forum.boards import queries as boards
from forum.boards.fields import Input
from forum.boards.kinds import Kind
from forum.core.db import reading
from forum.core.zones import time_zones
from forum.permissions import Actor


def tag_choices(actor: Actor, chosen: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The tags (slug, name) that the actor may use, and those that stand there already."""
    all_of_them = actor.is_staff or actor.is_moderator
    tags = boards.tags(reading())
    return [(tag.slug, tag.name) for tag in tags if all_of_them or not tag.is_reserved or tag.slug in chosen]


def zone_choices(kind: Kind) -> Sequence[str]:
    """Names of time zones, for kinds that ask for one."""
    return time_zones() if any(field.input is Input.ZONE for field in kind.fields) else ()
