"""What somebody flagged themselves, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core.errors import NotFound, SignInNeeded
from forum.core.paging import Page, pages_for
from forum.core.words import gettext as _
from forum.moderation.models import Flag
from forum.moderation.queries.glances import Glance, glances_of
from forum.permissions import Actor

PER_PAGE = 25


@dataclass(frozen=True)
class OwnFlags:
    """The latest first; `glances`: kind and id of what it is about → what that is, where it is still there."""

    flags: Page[Flag]
    glances: Mapping[tuple[str, int], Glance]


def own_flags(session: Session, actor: Actor, page: int) -> OwnFlags:
    """What the actor told the moderators."""
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to do this."))
    mine = Flag.by_id == actor.account_id
    pages = pages_for(session.scalar(select(func.count()).select_from(Flag).where(mine)) or 0, PER_PAGE)
    number = min(max(1, page), pages)
    asked = select(Flag).where(mine).order_by(Flag.id.desc()).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    flags = session.scalars(asked).all()
    about = glances_of(session, [(flag.subject_kind, flag.subject_id) for flag in flags])
    return OwnFlags(Page(flags, number, pages), about)


def own_flag(session: Session, actor: Actor, flag_id: int) -> Flag:
    """One that the actor set, or NotFound."""
    found = session.scalars(select(Flag).where(Flag.id == flag_id, Flag.by_id == (actor.account_id or 0))).first()
    if found is None:
        raise NotFound(_("There is no such flag of yours."))
    return found
