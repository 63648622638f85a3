"""The small files beside an archive that an operator writes: what categories are called here, and who was staff."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from forum.boards.kinds import KEYS
from forum.core.errors import Invalid
from forum.core.lines import one_line
from forum.core.words import gettext as _

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where the topics of a category go. Empty: whatever the importer finds fit."""

    name: str = ""
    slug: str = ""
    kind: str = ""
    section: str = ""


def read_boards(path: Path) -> dict[int, Place]:
    """`{"9": "Tools", "10": {"name": …, "slug": …, "kind": …, "section": …}}` by category number. Raises Invalid."""
    content = _json(path)
    if not isinstance(content, dict):
        raise Invalid(_("%(file)s must hold one JSON object: category number → name.", file=path.name))
    places: dict[int, Place] = {}
    for key, value in content.items():
        if not (key.isascii() and key.isdigit() and len(key) < 10):
            raise Invalid(_("%(file)s: “%(key)s” is not the number of a category.", file=path.name, key=key))
        places[int(key)] = _place(path.name, key, {"name": value} if isinstance(value, str) else value)
    return places


def read_staff(path: Path) -> frozenset[str]:
    """`["ada", "bo"]`: user names of the old forum, casefolded here. Raises Invalid."""
    content = _json(path)
    if not isinstance(content, list) or not all(isinstance(name, str) for name in content):
        raise Invalid(_("%(file)s must hold one JSON list of user names.", file=path.name))
    return frozenset(name.strip().casefold() for name in content)


def _place(file: str, key: str, value: object) -> Place:
    where = {"file": file, "key": key}
    if not isinstance(value, Mapping):
        raise Invalid(_("%(file)s, category %(key)s: write a name, or an object with a name.", **where))
    fields = {"name", "slug", "kind", "section"}
    for field, text in value.items():
        if field not in fields or not isinstance(text, str):
            allowed = ", ".join(sorted(fields))
            raise Invalid(_("%(file)s, category %(key)s: only texts for %(allowed)s.", **where, allowed=allowed))
        if len(one_line(text)) > _LONGEST:
            raise Invalid(_("%(file)s, category %(key)s: at most %(n)s characters each.", **where, n=_LONGEST))
    place = Place(**{field: one_line(text) for field, text in value.items()})
    if place.kind and place.kind not in KEYS:
        kinds = ", ".join(KEYS)
        raise Invalid(_("%(file)s, category %(key)s: the kind is one of %(kinds)s.", **where, kinds=kinds))
    return place


def _json(path: Path) -> object:
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise Invalid(
            _("%(file)s cannot be read as JSON: %(error)s", file=path.name, error=str(error)[:200])
        ) from error
    return found
