"""Asking members whether they would take part, and their answers."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization import queries as organizations
from forum.organization.seeds import LEAST_CONSENTS
from forum.permissions import Act, Actor, require
from forum.posts.actions.inviting import ask_somebody
from forum.seeding.actions.planning import check_planned
from forum.seeding.events import AskedToTakePart, TakingPartAnswered
from forum.seeding.models import Seed, SeedInvitation
from forum.seeding.queries import consents

MOST_INVITED = 12


def invite(session: Session, actor: Actor, row: Seed, person: Account) -> None:
    """Ask a member whether they would take part (`row` locked): one who may be asked, and was left alone for a while.
    Invalid (field `name`)."""
    require(actor, Act.TEND_SEED, row)
    check_planned(row)
    now = clock.now()
    if organizations.affiliation_of(session, person.id, now) is not None:
        raise Invalid(_("It is for members: nobody of an organization is invited."), "name")
    if session.get(SeedInvitation, (row.id, person.id)) is not None:
        raise Invalid(_("%(name)s was asked this already.", name=person.shown_name), "name")
    asked = session.scalar(select(func.count()).where(SeedInvitation.seed_id == row.id)) or 0
    if asked >= MOST_INVITED:
        raise Invalid(_("At most %(n)s people are asked to one.", n=MOST_INVITED), "name")
    ask_somebody(session, actor, person, row.board_id)
    session.add(SeedInvitation(seed_id=row.id, account_id=person.id, by_id=actor.account_id, asked_at=now))
    session.flush()
    emit(session, AskedToTakePart(row.id, person.id, actor.account_id))


def answer(session: Session, actor: Actor, row: Seed, invitation: SeedInvitation, said: str) -> None:
    """Say yes or no, and otherwise as long as it is not posted (`row` locked)."""
    require(actor, Act.ANSWER_INVITATION, invitation)
    if said not in ("yes", "no"):
        raise Invalid(_("Say yes or no."))
    if invitation.answer == said:
        return
    try:
        check_planned(row)
    except Conflict:
        raise Conflict(_("That is settled already: it was posted, or will not be.")) from None
    before = consents(session, row.id)
    invitation.answer, invitation.answered_at, invitation.changed = said, clock.now(), ""
    session.flush()
    enough = before < LEAST_CONSENTS <= consents(session, row.id)
    emit(session, TakingPartAnswered(row.id, invitation.account_id, enough))
