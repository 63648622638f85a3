"""Deciding, proposing where the host would judge itself, confirming, and taking back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Gone, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.moderation import subjects
from forum.moderation.actions.hurrying import check_emergency
from forum.moderation.actions.opening import close_case, flagged_case, open_again, open_case
from forum.moderation.actions.ruling import (
    enact,
    hand_of,
    hide_again,
    judge_flags,
    of_decision,
    put_in_force_again,
    settle,
    take_effect,
    wait_again,
    written,
)
from forum.moderation.cases import REVIEWED_WITHIN, Kind
from forum.moderation.drafts import DecisionDraft, checked
from forum.moderation.events import CaseClosed, Decided, DecisionUndone, ProposalRefused, Proposed
from forum.moderation.models import Case, Ruling
from forum.moderation.operations import OPERATIONS, is_simply_undone
from forum.moderation.queries.contested import contested
from forum.moderation.subjects import ACCOUNT, Subject
from forum.permissions import HOUSE, Act, Actor, require
from forum.posts.powers import check_powers, needs_peer


def decide(session: Session, actor: Actor, draft: DecisionDraft, case: Case | None = None, version: int = 0) -> Ruling:
    """Do what `draft` says, by its rule, and close `case` (locked; None: the one that flags opened, if any). Of who is
    no peer, on what is by or about the host, this is a proposal that waits for one; in an emergency, once, it is done,
    and a peer reviews it. Raises Conflict when the case changed since `version`: nothing is decided twice."""
    now = clock.now()
    subject = subjects.load(session, draft.subject_kind, draft.subject_id)
    require(actor, Act.DECIDE, subject)
    operation = OPERATIONS.get(draft.act)
    if operation is not None and operation.check is not None and subject.kind in operation.on:
        operation.check(session, actor, subject, draft)
    draft = checked(draft, now)
    if case is not None:
        _check_case(case, subject, version)
    elif not OPERATIONS[draft.act].stands_apart:
        case = flagged_case(session, subject)
    made_at = case.opened_at if case is not None else None
    if not needs_peer(actor, subject, is_feedback=subject.is_feedback, made_at=made_at):
        return enact(session, actor, subject, draft, case, now)
    if draft.emergency.strip():
        check_emergency(session, subject)
        return enact(session, actor, subject, draft, case, now, shared=True)
    waiting = select(Ruling.id).where(
        Ruling.subject_kind == subject.kind, Ruling.subject_id == subject.id, Ruling.state == "proposed"
    )
    if session.scalar(waiting.limit(1)) is not None:
        raise Conflict(_("Something is proposed for this already. A peer moderator will look at it."))
    decision = written(session, actor, subject, draft, case, now, "proposed")
    open_case(session, Kind.PROPOSAL, of_decision(decision), now)
    if case is not None:
        case.version += 1
    emit(session, Proposed(decision.id))
    return decision


def _check_case(case: Case, subject: Subject, version: int) -> None:
    if case.closed_at is not None or case.version != version:
        raise Conflict(_("Somebody else has dealt with this, or more came in meanwhile. Look at it as it is now."))
    if (case.subject_kind, case.subject_id) != (subject.kind, subject.id):
        raise Invalid(_("This decision is about something else than what waits."))


# ── what one of the host's people proposed ────────────────────────────────────────────────────────────────────────────


def confirm(session: Session, actor: Actor, decision: Ruling) -> None:
    """A peer says yes to what one of the host's people proposed, or did in an emergency (`decision` locked)."""
    require(actor, Act.CONFIRM_DECISION, decision)
    now = clock.now()
    if decision.state == "in_force" and decision.review_by is not None:
        decision.review_by = None
        _confirmed(session, actor, decision, now, Kind.REVIEW)
        return
    _check_proposed(decision)
    subject = subjects.load(session, decision.subject_kind, decision.subject_id)
    decision.state, decision.confirmed_at = "in_force", now  # whom it concerns is told that
    take_effect(session, actor, subject, decision, shared=True)
    _confirmed(session, actor, decision, now, Kind.PROPOSAL)
    case = session.get(Case, decision.case_id, with_for_update=True) if decision.case_id else None
    if case is not None and case.closed_at is None:
        settle(session, decision, case, subject, now)
    emit(session, Decided(decision.id))


def refuse(session: Session, actor: Actor, decision: Ruling, why: str) -> None:
    """A peer says no: what was proposed is not done, what was done in an emergency is undone."""
    require(actor, Act.CONFIRM_DECISION, decision)
    if not why.strip():
        raise Invalid(_("Say why not: who proposed it reads it."), "why")
    if decision.state == "in_force" and decision.review_by is not None:
        _undo(session, actor, decision, "refused", why)
        return
    _check_proposed(decision)
    _end_proposal(session, actor, decision, "refused", why)


def answer_anew(session: Session, actor: Actor, decision: Ruling) -> None:
    """The opposite of `confirm` and `refuse` (`decision` locked): it waits for its peer again. What was proposed is not
    done until then; what was done in an emergency is."""
    require(actor, Act.CONFIRM_DECISION, decision)
    subject = subjects.load(session, decision.subject_kind, decision.subject_id)
    now, was_urgent = clock.now(), bool(decision.emergency)
    refused = "undone" if was_urgent else "refused"
    if decision.state == refused and decision.undone_how == "refused":
        if was_urgent:
            _in_force_after_all(session, actor, subject, decision, now)
    elif decision.state != "in_force" or decision.confirmed_at is None:
        raise Conflict(_("Somebody thought again about it meanwhile."))
    elif not was_urgent:
        _undo(session, actor, decision, "refused", _("It was agreed to by mistake."))
    decision.state = "in_force" if was_urgent else "proposed"
    decision.review_by = decision.at + REVIEWED_WITHIN if was_urgent else None
    decision.confirmed_at = decision.confirmed_by_id = decision.undone_at = decision.undone_by_id = None
    decision.undone_how = decision.undone_why = ""
    session.flush()
    open_again(session, Kind.REVIEW if was_urgent else Kind.PROPOSAL, of_decision(decision), now)
    emit(session, Proposed(decision.id))


def _in_force_after_all(session: Session, actor: Actor, subject: Subject, decision: Ruling, now: datetime) -> None:
    put_in_force_again(session, hand_of(actor, subject), subject, decision)
    case = session.get(Case, decision.case_id, with_for_update=True) if decision.case_id else None
    if case is not None and case.closed_at is None:
        settle(session, decision, case, subject, now)
    emit(session, Decided(decision.id))


def lapse(session: Session, actor: Actor, decision: Ruling) -> None:
    """Nobody looked in time at what was done in an emergency: it is undone. For the clock."""
    require(actor, Act.KEEP_TIME)
    if decision.state == "in_force" and decision.review_by is not None and decision.review_by <= clock.now():
        _undo(session, HOUSE, decision, "lapse", _("No peer moderator looked at it in time."))


def _check_proposed(decision: Ruling) -> None:
    if decision.state != "proposed":
        raise Conflict(_("Somebody else has answered this already."))


def _confirmed(session: Session, actor: Actor, decision: Ruling, now: datetime, kind: Kind) -> None:
    decision.confirmed_at, decision.confirmed_by_id = now, actor.account_id
    _close_own(session, decision, kind, "decided", actor, now)


def _end_proposal(session: Session, actor: Actor, decision: Ruling, state: str, why: str) -> None:
    now = clock.now()
    decision.state, decision.undone_at, decision.undone_by_id = state, now, actor.account_id
    decision.undone_how, decision.undone_why = state, why.strip()
    _close_own(session, decision, Kind.PROPOSAL, state, actor, now)
    emit(session, ProposalRefused(decision.id))


def _close_own(session: Session, decision: Ruling, kind: Kind, outcome: str, actor: Actor, now: datetime) -> None:
    case = session.scalars(
        select(Case)
        .where(
            Case.kind == str(kind),
            Case.subject_kind == "decision",
            Case.subject_id == decision.id,
            Case.closed_at.is_(None),
        )
        .with_for_update()
    ).first()
    if case is not None:
        close_case(session, case, outcome, actor.account_id, now)


# ── taking back ───────────────────────────────────────────────────────────────────────────────────────────────────────


def undo(session: Session, actor: Actor, decision: Ruling, why: str) -> None:
    """Take a decision (locked) back: everything is as before, and what waited waits again."""
    require(actor, Act.UNDO_DECISION, decision)
    if decision.state == "proposed" and decision.by_id == actor.account_id:
        _end_proposal(session, actor, decision, "refused", why or _("Taken back."))
        return
    if not is_simply_undone(decision, clock.now()):
        raise Gone(_("This was too long ago to be simply taken back. An objection still can."))
    if decision.by_id != actor.account_id or decision.confirmed_at is not None:
        subject = subjects.load(session, decision.subject_kind, decision.subject_id)
        check_powers(actor, subject, is_feedback=subject.is_feedback)
    _undo(session, actor, decision, "undo", why)


def reverse(session: Session, actor: Actor, decision: Ruling, why: str) -> list[Ruling]:
    """An objection was right: the decision (locked), and what flags did before it, are as if they had never been, and
    the flags were wrong; where it had been kept as it was, it waits again. Gives what was taken back, in that order."""
    require(actor, Act.DECIDE_APPEAL, contested(session, decision))
    _undo(session, actor, decision, "appeal", why)
    if not OPERATIONS[decision.act].upholds:
        return [decision]
    others = select(Ruling).where(
        Ruling.subject_kind == decision.subject_kind,
        Ruling.subject_id == decision.subject_id,
        Ruling.automated,
        Ruling.state == "in_force",
    )
    hidden = list(session.scalars(others.with_for_update()))
    for other in hidden:
        _undo(session, actor, other, "appeal", why)
    return [decision, *hidden]


def _undo(session: Session, actor: Actor, decision: Ruling, how: str, why: str) -> None:
    if decision.state != "in_force":
        raise Conflict(_("This is not in force any more."))
    now = clock.now()
    subject = subjects.load(session, decision.subject_kind, decision.subject_id)
    # A peer who is no administrator says no to what one did to a moderator, too.
    hand = HOUSE if how == "refused" and subject.kind == ACCOUNT else hand_of(actor, subject)
    again = OPERATIONS[decision.act].undo(session, hand, subject, decision.params, decision.before)
    if again is not None:
        decision.before = decision.before | {"again": again}
    hide_again(session, hand, subject, decision)
    decision.state, decision.undone_at, decision.undone_by_id = "undone", now, actor.account_id
    decision.undone_how, decision.undone_why, decision.review_by = how, why.strip(), None
    session.flush()
    _close_own(session, decision, Kind.REVIEW, how, actor, now)
    case = session.get(Case, decision.case_id, with_for_update=True) if decision.case_id else None
    if case is not None:
        _settle_anew(session, case, decision, subject, now)
    emit(session, DecisionUndone(decision.id))


def _settle_anew(session: Session, case: Case, decision: Ruling, subject: Subject, now: datetime) -> None:
    """What waited waits again, unless it was an objection that was right: then the flags were wrong."""
    if decision.undone_how == "appeal" and OPERATIONS[decision.act].upholds:
        if case.outcome != "kept":
            judge_flags(session, case, subject, "wrong", now)
            close_case(session, case, "kept", decision.undone_by_id, now)
            emit(session, CaseClosed(case.id))
    elif case.closed_at is not None and case.outcome != "mended":
        wait_again(session, case, subject)
