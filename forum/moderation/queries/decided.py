"""What was decided lately on what the actor looks after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from forum.core.paging import Page, pages_for
from forum.moderation.models import Ruling
from forum.moderation.queries import looked_after, not_about
from forum.moderation.queries.glances import Glance, glances_of
from forum.permissions import Act, Actor, require

PER_PAGE = 25


@dataclass(frozen=True)
class DecidedPage:
    """The latest first; `glances`: kind and id of what it was about → what that is."""

    decisions: Page[Ruling]
    glances: Mapping[tuple[str, int], Glance]


def decided(session: Session, actor: Actor, *, mine: bool, page: int) -> DecidedPage:
    """Decisions on what the actor looks after, their own only if `mine`; none about themselves."""
    require(actor, Act.WORK_QUEUE)
    asked = [looked_after(actor, Ruling), not_about(actor)]
    if mine:
        asked.append(Ruling.by_id == actor.account_id)
    pages = pages_for(session.scalar(select(func.count()).select_from(Ruling).where(*asked)) or 0, PER_PAGE)
    number = min(max(1, page), pages)
    rows = session.scalars(
        select(Ruling)
        .options(joinedload(Ruling.by), joinedload(Ruling.account), joinedload(Ruling.confirmed_by))
        .where(*asked)
        .order_by(Ruling.id.desc())
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    return DecidedPage(
        Page(rows, number, pages), glances_of(session, [(row.subject_kind, row.subject_id) for row in rows])
    )
