"""Suggestions that nobody wants to hear again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.db.dialect import insert_for
from forum.core.errors import Invalid
from forum.permissions import Act, Actor, require
from forum.seeding.models import SetAside


def set_aside(session: Session, actor: Actor, key: str) -> None:
    """Do not suggest this any more. Saying it twice changes nothing."""
    require(actor, Act.SEE_SEEDS)
    if not key.startswith(("term:", "topic:")) or len(key) > 80:
        raise Invalid("")
    row = insert_for(session, SetAside.__table__).values(key=key, at=clock.now())  # type: ignore[arg-type]
    session.execute(row.on_conflict_do_nothing(index_elements=["key"]))
