"""Saving the charter, and entering decisions in the public log."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Invalid, InvalidFields, Refused
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.organization.charter import Charter
from forum.organization.charter_json import to_json
from forum.organization.counts import SPAN
from forum.organization.deciding import DecisionDraft, check_decision
from forum.organization.drafts import CharterDraft
from forum.organization.events import CharterSaved, DecisionAsked, DecisionEntered
from forum.organization.models import LONGEST_NOTE, CharterVersion, Decision, Organization
from forum.organization.notice_models import DecisionItem
from forum.organization.queries import chartering
from forum.organization.refusals import validated
from forum.permissions import Act, Actor, Role, allows, require
from forum.site.actions import note_deed


def save_charter(session: Session, actor: Actor, organization: Organization, draft: CharterDraft) -> CharterVersion:
    """Another version of the charter. Conflict when somebody saved one since the draft began; InvalidFields with all
    that stands in the way. A Host of some boards changes what it says of these, and nothing else."""
    require(actor, Act.CHARTER_OWN_BOARDS, organization)
    saved = chartering.latest_version(session, organization.id)
    number = saved.number if saved is not None else 0
    if draft.base != number:
        raise Conflict(_("Somebody else saved version %(n)s of the charter meanwhile.", n=number))
    around = chartering.surroundings(session, organization, draft.decision)
    if not allows(actor, Act.CHARTER, organization):
        _check_own_boards(actor, around.before, draft.charter)
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


def _check_own_boards(actor: Actor, before: Charter, after: Charter) -> None:
    belonging = actor.belonging
    own = belonging.roles.get(Role.HOST, frozenset()) if belonging is not None else frozenset()
    others = ({id_: said for id_, said in charter.boards.items() if id_ not in own} for charter in (before, after))
    if replace(before, boards={}) != replace(after, boards={}) or next(others) != next(others):
        raise Refused(_("You are Host of some boards: you change their limits, and nothing else of the charter."))


def open_item(session: Session, organization: Organization, over: int, posts: int) -> DecisionItem | None:
    """Ask for a decision, since rules were passed over in `over` of `posts` posts: where none is open, and none was
    opened within 28 days (`organization` locked). The calendar asks for it."""
    lately = DecisionItem.opened_at > clock.now() - SPAN
    known = (DecisionItem.organization_id == organization.id, or_(DecisionItem.decision_id.is_(None), lately))
    if session.scalar(select(DecisionItem.id).where(*known).limit(1)) is not None:
        return None
    row = DecisionItem(organization_id=organization.id, opened_at=clock.now(), over=over, posts=posts)
    session.add(row)
    session.flush()
    emit(session, DecisionAsked(row.id))
    return row


def answer_item(
    session: Session, actor: Actor, organization: Organization, item: DecisionItem, source: str, html: str
) -> Decision:
    """Say what follows from it: an entry of the log like every other (both locked)."""
    require(actor, Act.CHARTER, organization)
    if item.organization_id != organization.id or item.decision_id is not None:
        raise Conflict(_("This was answered already."))
    row = enter_decision(
        session,
        actor,
        organization,
        DecisionDraft(
            title=_("Exceptions in %(k)s of %(n)s posts within 28 days", k=item.over, n=item.posts),
            source=source,
            html=html,
            decided_on=clock.now().date(),
            made_by="host" if actor.speaks_as(Role.HOST) else "administration",
            about="limits",
        ),
    )
    item.decision_id = row.id
    return row


def _decision_id(session: Session, organization: Organization, number: int | None) -> int | None:
    its = (Decision.organization_id == organization.id, Decision.number == number)
    return session.scalar(select(Decision.id).where(*its)) if number is not None else None
