"""The short list of awards that an organization keeps."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization.models import Organization
from forum.permissions import Act, Actor, require
from forum.recognition.events import AwardsChanged
from forum.recognition.models import Award
from forum.recognition.words import checked_award
from forum.site.actions import note_deed

MOST = 12
"""A list that one reads at a glance."""


def add_award(session: Session, actor: Actor, of: Organization, name: str, sentence: str) -> Award:
    """Name an award and say for what it is given. There is no way to earn one by counting."""
    require(actor, Act.KEEP_AWARDS, of)
    clean, said = checked_award(name, sentence)
    given = select(func.lower(Award.name)).where(Award.organization_id == of.id, Award.retired_at.is_(None))
    names = session.scalars(given).all()
    if clean.lower() in names:
        raise Conflict(_("There is an award of this name already."))
    if len(names) >= MOST:
        raise Invalid(_("At most %(n)s awards: give one of them no more first.", n=MOST), "name")
    row = Award(organization_id=of.id, name=clean, sentence=said, created_at=clock.now())
    session.add(row)
    session.flush()
    note_deed(session, actor, "organization", of.id, "award_added", after={"name": clean})
    emit(session, AwardsChanged(row.id))
    return row


def retire_award(session: Session, actor: Actor, of: Organization, row: Award) -> None:
    """Give it no more; whoever has it keeps it."""
    require(actor, Act.KEEP_AWARDS, of)
    if row.organization_id != of.id or row.retired_at is not None:
        raise Conflict(_("It is not given any more already."))
    row.retired_at = clock.now()
    note_deed(session, actor, "organization", of.id, "award_retired", before={"name": row.name}, after={})
    emit(session, AwardsChanged(row.id))
