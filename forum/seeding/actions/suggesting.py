"""Suggestions that nobody wants to hear again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.db.dialect import insert_for
from forum.core.errors import Conflict
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.seeding.models import SetAside
from forum.seeding.queries import suggesting


def set_aside(session: Session, actor: Actor, key: str) -> None:
    """Do not suggest this to anybody any more. Saying it twice changes nothing; Conflict where it is not suggested."""
    require(actor, Act.SET_ASIDE)
    if session.get(SetAside, key) is not None:
        return
    if suggesting.suggestion(session, actor, key) is None:
        raise Conflict(_("That is not suggested any more."))
    row = insert_for(session, SetAside.__table__).values(key=key, at=clock.now())  # type: ignore[arg-type]
    session.execute(row.on_conflict_do_nothing(index_elements=["key"]))
