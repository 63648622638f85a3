"""What was asked for and not found, for those who may plant it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.permissions import Act, Actor, require
from forum.search.models import SearchMiss

SHOWN = 100


def missed(session: Session, actor: Actor) -> Sequence[SearchMiss]:
    """The terms that were asked for most often."""
    require(actor, Act.ADMINISTER)
    return session.scalars(
        select(SearchMiss).order_by(SearchMiss.count.desc(), SearchMiss.last_at.desc(), SearchMiss.term).limit(SHOWN)
    ).all()
