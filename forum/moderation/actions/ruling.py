"""What every decision goes through, whoever takes it: the operation, the statement, the flags, the case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core.events import emit
from forum.moderation.actions.opening import close_case, open_case
from forum.moderation.cases import REVIEWED_WITHIN, Kind
from forum.moderation.drafts import DecisionDraft
from forum.moderation.events import CaseClosed, Decided
from forum.moderation.models import Case, Flag, Ruling
from forum.moderation.operations import HIDE, OPERATIONS
from forum.moderation.subjects import POST, Subject
from forum.permissions import Actor, Right
from forum.posts.powers import Ground, is_peer


def role_of(actor: Actor, board_id: int | None) -> str:
    """As what somebody decides, for the log: no name."""
    if actor.is_house:
        return "house"
    if actor.is_admin:
        return "administrator"
    if actor.is_moderator or board_id is None:
        return "moderator"
    return "board_moderator" if actor.may(Right.MODERATE, board_id) else "member"


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
        role=role_of(actor, subject.board_id),
        by_host=not is_peer(actor),
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
    take_effect(session, actor, subject, decision, shared=shared)
    if shared:
        decision.review_by = now + REVIEWED_WITHIN
        open_case(session, Kind.REVIEW, of_decision(decision), now)
    if case is not None and not automated:
        settle(session, decision, case, subject, now)
    emit(session, Decided(decision.id))
    return decision


def take_effect(session: Session, actor: Actor, subject: Subject, decision: Ruling, *, shared: bool) -> None:
    """The operation itself; what members' flags hid is shown first where it is kept."""
    operation = OPERATIONS[decision.act]
    if not operation.upholds:
        _let_go(session, actor, subject, decision)
    ground = Ground(decision.rule, shared=shared)
    decision.before = operation.do(session, actor, subject, decision.params, ground) | decision.before
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
    decision.before = {"shown": [one.id for one in hidden]}


def hide_again(session: Session, actor: Actor, subject: Subject, decision: Ruling) -> None:
    """The opposite of what keeping it did to what members' flags hid."""
    for id_ in decision.before.get("shown", ()):
        one = session.get_one(Ruling, id_)
        one.before = OPERATIONS[HIDE].do(session, actor, subject, one.params, Ground(one.rule, shared=True))
        one.state, one.undone_at, one.undone_by_id, one.undone_how = "in_force", None, None, ""


def settle(session: Session, decision: Ruling, case: Case, subject: Subject, now: datetime) -> None:
    """The flags were right or wrong, and the case is closed; who flagged hears."""
    judge_flags(session, case, subject, "right" if OPERATIONS[decision.act].upholds else "wrong", now)
    outcome = "decided" if OPERATIONS[decision.act].upholds else "kept"
    close_case(session, case, outcome, decision.by_id, now)
    emit(session, CaseClosed(case.id))


def judge_flags(session: Session, case: Case, subject: Subject, verdict: str, now: datetime | None) -> None:
    """Give all flags of a case that were not taken back this verdict ("": none yet), and count those that stand."""
    flags = session.scalars(select(Flag).where(Flag.case_id == case.id, Flag.verdict != "cleared")).all()
    for flag in flags:
        if subject.kind == POST:
            subject.row.flag_count += (verdict in ("", "right")) - (flag.verdict in ("", "right"))
        flag.verdict, flag.verdict_at = verdict, now if verdict else None
    session.flush()


def of_decision(decision: Ruling) -> Subject:
    """A decision as what another one is about."""
    return Subject("decision", decision.id, decision.account_id, decision, decision.board_id, decision.concerns_host)
