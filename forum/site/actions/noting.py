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
