"""The log of the administration: verbs of any capability write their line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from forum.core import clock
from forum.permissions import Actor
from forum.site.models import Deed


def note_deed(
    session: Session,
    actor: Actor,
    about: str,
    subject: str | int,
    deed: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Deed:
    """One line: who did what, from what to what. For verbs, after they asked and did it."""
    line = Deed(
        at=clock.now(),
        by_id=actor.account_id,
        about=about,
        subject=str(subject)[:80],
        deed=deed,
        before=dict(before or {}),
        after=dict(after or {}),
    )
    session.add(line)
    session.flush()
    return line


def note_change(
    session: Session,
    actor: Actor,
    about: str,
    subject: str | int,
    name: str,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    deed: str = "changed",
) -> None:
    """One line about the thing called `name` with those values only that differ; none where nothing does."""
    keys = [key for key in after if before.get(key) != after[key]]
    if keys:
        was = {key: before.get(key) for key in keys}
        now = {key: after[key] for key in keys}
        note_deed(session, actor, about, subject, deed, before=was, after={"called": name, **now})
