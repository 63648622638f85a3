"""What every decision goes through, whoever takes it: the operation, the statement, the flags, the case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core.events import emit
from forum.moderation.actions.opening import close_case, heats, open_case
from forum.moderation.actions.silencing import end_silence, silence_again
from forum.moderation.cases import REVIEWED_WITHIN, Kind
from forum.moderation.drafts import DecisionDraft
from forum.moderation.events import CaseClosed, Decided
from forum.moderation.models import Case, Flag, Ruling
from forum.moderation.operations import HIDE, OPERATIONS
from forum.moderation.subjects import POST, Subject
from forum.permissions import HOUSE, Actor, Right
from forum.permissions.speaking import is_of_host
from forum.posts.powers import Ground

STANDING = ("", "right")
"""Verdicts of flags that count."""


def written(
    session: Session, actor: Actor, subject: Subject, draft: DecisionDraft, case: Case | None, now: datetime, state: str
) -> Ruling:
    """The row, before anything is done."""
    decision = Ruling(
        case_id=case.id if case else None,
        act=draft.act,
        subject_kind=subject.kind,
        subject_id=subject.id,
        params=dict(draft.params),
        before={},
        board_id=subject.board_id,
        account_id=subject.author_id,
        rule=draft.rule,
        facts=draft.facts.strip(),
        detected=draft.detected,
        automated=False,
        until=draft.until,
        at=now,
        by_id=actor.account_id,
        role=actor.office(subject.board_id),
        by_host=is_of_host(actor, subject),
        concerns_host=subject.concerns_host or subject.is_feedback,
        state=state,
        emergency=draft.emergency.strip(),
    )
    session.add(decision)
    session.flush()
    return decision


def enact(
    session: Session,
    actor: Actor,
    subject: Subject,
    draft: DecisionDraft,
    case: Case | None,
    now: datetime,
    *,
    automated: bool = False,
    shared: bool = False,
) -> Ruling:
    """Do it. `automated`: members' flags did, and the case still waits for somebody; `shared`: in an emergency, which a
    peer reviews."""
    decision = written(session, actor, subject, draft, case, now, "in_force")
    decision.automated = automated
    decision.review_by = now + REVIEWED_WITHIN if shared else None  # whom it concerns is told with the rest
    take_effect(session, actor, subject, decision, shared=shared)
    if shared:
        open_case(session, Kind.REVIEW, of_decision(decision), now)
    if case is not None and not automated:
        settle(session, decision, case, subject, now)
    emit(session, Decided(decision.id))
    return decision


def take_effect(
    session: Session, actor: Actor, subject: Subject, decision: Ruling, *, shared: bool, again: Any = None
) -> None:
    """The operation itself; what members' flags hid is shown first where it is kept. `again`: what undoing it gave."""
    operation = OPERATIONS[decision.act]
    if not operation.upholds:
        _let_go(session, actor, subject, decision)
    ground = Ground(decision.rule, shared=shared, facts=decision.facts, ruling_id=decision.id)
    params = decision.params if again is None else decision.params | {"again": again}
    decision.before = operation.do(session, actor, subject, params, ground) | decision.before
    if (until := decision.before.get("until")) is not None:
        decision.until = datetime.fromisoformat(until)
    session.flush()


def _let_go(session: Session, actor: Actor, subject: Subject, decision: Ruling) -> None:
    hidden = session.scalars(
        select(Ruling).where(
            Ruling.subject_kind == subject.kind,
            Ruling.subject_id == subject.id,
            Ruling.act == HIDE,
            Ruling.automated,
            Ruling.state == "in_force",
        )
    ).all()
    for one in hidden:
        OPERATIONS[HIDE].undo(session, actor, subject, one.params, one.before)
        one.state, one.undone_at, one.undone_by_id, one.undone_how = "undone", decision.at, actor.account_id, "kept"
    case = session.get(Case, decision.case_id) if decision.case_id else None
    decision.before = {"shown": [one.id for one in hidden], "lifted": end_silence(session, subject, case)}


def hide_again(session: Session, actor: Actor, subject: Subject, decision: Ruling) -> None:
    """The opposite of what keeping it did to what members' flags hid, and to its author. What its author took away
    meanwhile stays so."""
    silence_again(session, decision.before.get("lifted", []))
    for id_ in decision.before.get("shown", ()):
        if subject.row.deleted_at is None:
            put_in_force_again(session, actor, subject, session.get_one(Ruling, id_))


def put_in_force_again(session: Session, actor: Actor, subject: Subject, decision: Ruling) -> None:
    """The opposite of taking it back."""
    again, decision.before = decision.before.get("again"), {}
    take_effect(session, actor, subject, decision, shared=True, again=again)
    decision.state, decision.undone_at, decision.undone_by_id = "in_force", None, None
    decision.undone_how = decision.undone_why = ""
    session.flush()


def hand_of(actor: Actor, subject: Subject) -> Actor:
    """Who puts things back: who took it back; for an administrator who does not look after the board, the house."""
    may = subject.board_id is None or actor.may(Right.MODERATE, subject.board_id)
    return actor if may else HOUSE


def settle(session: Session, decision: Ruling, case: Case, subject: Subject, now: datetime) -> None:
    """The flags were right or wrong, and the case is closed; who flagged hears."""
    judge_flags(session, case, subject, "right" if OPERATIONS[decision.act].upholds else "wrong", now)
    outcome = "decided" if OPERATIONS[decision.act].upholds else "kept"
    close_case(session, case, outcome, decision.by_id, now)
    emit(session, CaseClosed(case.id))


def judge_flags(session: Session, case: Case, subject: Subject, verdict: str, now: datetime | None) -> None:
    """Give all flags of a case that were not taken back this verdict ("": none yet), and count those that stand. Who
    has flagged it anew meanwhile has one flag."""
    flags = session.scalars(select(Flag).where(Flag.case_id == case.id, Flag.verdict != "cleared")).all()
    for flag in flags:
        given = verdict
        if verdict in STANDING and flag.verdict not in STANDING and _flagged_anew(session, flag):
            given = "cleared"
        if subject.kind == POST and heats(flag):
            subject.row.flag_count += (given in STANDING) - (flag.verdict in STANDING)
        flag.verdict, flag.verdict_at = given, now if given else None
        session.flush()


def _flagged_anew(session: Session, flag: Flag) -> bool:
    another = select(Flag.id).where(
        Flag.subject_kind == flag.subject_kind,
        Flag.subject_id == flag.subject_id,
        Flag.by_id == flag.by_id,
        Flag.id != flag.id,
        Flag.verdict.in_(STANDING),
    )
    return session.scalar(another.limit(1)) is not None


def wait_again(session: Session, case: Case, subject: Subject) -> None:
    """A case that was closed, and its flags, wait for somebody; together with what came in meanwhile."""
    judge_flags(session, case, subject, "", None)
    asked = select(Case).where(
        Case.kind == case.kind,
        Case.subject_kind == case.subject_kind,
        Case.subject_id == case.subject_id,
        Case.closed_at.is_(None),
        Case.id != case.id,
    )
    newer = session.scalars(asked.with_for_update()).first()
    if newer is None:
        case.closed_at = case.closed_by_id = None
        case.outcome = ""
        case.version += 1
        session.flush()
        return
    for flag in session.scalars(select(Flag).where(Flag.case_id == case.id, Flag.verdict == "")):
        flag.case_id = newer.id
        newer.weight += flag.weight
    newer.version += 1
    session.flush()


def of_decision(decision: Ruling) -> Subject:
    """A decision as what another one is about."""
    return Subject("decision", decision.id, decision.account_id, decision, decision.board_id, decision.concerns_host)
