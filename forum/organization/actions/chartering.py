"""Saving the charter, and entering decisions in the public log."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Invalid, InvalidFields
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.organization.charter_json import to_json
from forum.organization.deciding import DecisionDraft, check_decision
from forum.organization.drafts import CharterDraft
from forum.organization.events import CharterSaved, DecisionEntered
from forum.organization.models import LONGEST_NOTE, CharterVersion, Decision, Organization
from forum.organization.queries import chartering
from forum.organization.refusals import validated
from forum.permissions import Act, Actor, require
from forum.site.actions import note_deed


def save_charter(session: Session, actor: Actor, organization: Organization, draft: CharterDraft) -> CharterVersion:
    """Another version of the charter. Conflict when somebody saved one since the draft began; InvalidFields with all
    that stands in the way."""
    require(actor, Act.CHARTER, organization)
    saved = chartering.latest_version(session, organization.id)
    number = saved.number if saved is not None else 0
    if draft.base != number:
        raise Conflict(_("Somebody else saved version %(n)s of the charter meanwhile.", n=number))
    around = chartering.surroundings(session, organization, draft.decision)
    wrong = {problem.field: problem.sentence for problem in validated(draft.charter, around)}
    note = one_line(draft.note)
    if not note or len(note) > LONGEST_NOTE:
        wrong["note"] = _("Say what changes and why, in at most %(n)s characters.", n=LONGEST_NOTE)
    if wrong:
        raise InvalidFields(wrong)
    if saved is not None and draft.charter == around.before:
        raise Invalid(_("This is what holds already: nothing would change."))
    row = CharterVersion(
        organization_id=organization.id,
        number=number + 1,
        data=to_json(draft.charter),
        saved_at=clock.now(),
        saved_by_id=actor.account_id,
        decision_id=_decision_id(session, organization, draft.decision),
        note=note,
    )
    session.add(row)
    session.flush()
    note_deed(session, actor, "organization", organization.id, "chartered", after={"number": row.number, "note": note})
    emit(session, CharterSaved(row.id))
    return row


def enter_decision(session: Session, actor: Actor, organization: Organization, draft: DecisionDraft) -> Decision:
    """Another entry of the log, for everybody to read and for good. `organization` is locked."""
    require(actor, Act.CHARTER, organization)
    check_decision(draft, clock.now().date())
    last = select(func.max(Decision.number)).where(Decision.organization_id == organization.id)
    row = Decision(
        organization_id=organization.id,
        number=(session.scalar(last) or 0) + 1,
        decided_on=draft.decided_on,
        entered_at=clock.now(),
        title=one_line(draft.title),
        source=draft.source,
        html=draft.html,
        made_by=draft.made_by,
        about=draft.about,
    )
    session.add(row)
    session.flush()
    said = {"number": row.number, "title": row.title}
    note_deed(session, actor, "organization", organization.id, "decided", after=said)
    emit(session, DecisionEntered(row.id))
    return row


def _decision_id(session: Session, organization: Organization, number: int | None) -> int | None:
    its = (Decision.organization_id == organization.id, Decision.number == number)
    return session.scalar(select(Decision.id).where(*its)) if number is not None else None
