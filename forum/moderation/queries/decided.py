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
from forum.sanctions.queries import Record

PER_PAGE = 25


@dataclass(frozen=True)
class DecidedPage:
    """The latest first; `glances`: kind and id of what it was about → what that is."""

    decisions: Page[Ruling]
    glances: Mapping[tuple[str, int], Glance]


def decisions_behind(session: Session, record: Record) -> Mapping[int, Ruling]:
    """By id, those that imposed what stands in a member's record, with who decided."""
    ids = {row.ruling_id for row in (*record.standing, *record.past) if row.ruling_id is not None}
    if not ids:
        return {}
    asked = select(Ruling).options(joinedload(Ruling.by)).where(Ruling.id.in_(ids))
    return {ruling.id: ruling for ruling in session.scalars(asked)}


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
