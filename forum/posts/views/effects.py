"""What was done with a tool, or will be, in words: from what the tool was told, which is ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.permissions import Actor
from forum.posts.queries import runs
from forum.posts.tools import TOOLS, Told
from forum.posts.views.telling import event_time


def effects(session: Session, actor: Actor, done: Sequence[tuple[str, Told]]) -> list[str]:
    """What each of these, a tool and what it was told, does to a topic. Three questions, however many there are."""
    names = runs.names_told(session, actor, [told for _tool, told in done])
    return [_(TOOLS[tool].effect, **_named(told, names)) for tool, told in done]


def _named(told: Told, names: Mapping[tuple[str, int], str]) -> Mapping[str, Any]:
    gone = _("something that is not there any more")
    said: dict[str, Any] = {name: told[name] for name in ("minutes", "title") if name in told}
    said |= {name: names.get((name, told[name]), gone) for name in ("board", "into", "owner") if told.get(name)}
    if "into" not in said and "title" in told:
        said["into"] = told["title"]
    if "tags" in told:
        said["tags"] = ", ".join(f"#{slug}" for slug in told["tags"])
    if "closes_at" in told:
        said["time"] = event_time(datetime.fromisoformat(told["closes_at"]))
    if "posts" in told:
        said["count"] = ngettext("%(num)s post", "%(num)s posts", len(told["posts"]))
    return said
