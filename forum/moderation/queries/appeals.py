"""Reads of decisions by whom they concern, and of objections to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.moderation.appeal_models import Appeal
from forum.moderation.cases import Kind
from forum.moderation.models import Case, Ruling
from forum.moderation.operations import KEEP
from forum.moderation.queries import looked_after
from forum.moderation.queries.contested import flagged_by
from forum.moderation.spam_rules import SPAM
from forum.moderation.subjects import ACCOUNT, LOADERS, POST
from forum.organization import charter, duties
from forum.organization.promises import SPAN, Promise, is_recent
from forum.organization.versions import History
from forum.permissions import Act, Actor, allows, require
from forum.posts.models import Post
from forum.site.rules import Rule

_WAS_IN_FORCE = ("in_force", "undone")


def is_told(actor: Actor) -> ColumnElement[bool]:
    """SQL over Ruling: what was decided about the actor's words, or kept as it was although they flagged it."""
    me = actor.account_id or 0
    mine = or_(Ruling.account_id == me, and_(Ruling.act == KEEP, flagged_by(me)))
    return and_(Ruling.state.in_(_WAS_IN_FORCE), mine)


def seen(actor: Actor) -> ColumnElement[bool]:
    """SQL over Ruling: the same, and what the actor may decide; administrators answer objections anywhere."""
    if not allows(actor, Act.WORK_QUEUE):
        return is_told(actor)
    objected = select(Appeal.ruling_id)
    return or_(is_told(actor), looked_after(actor, Ruling), Ruling.id.in_(objected) if actor.is_admin else false())


def decision(session: Session, actor: Actor, decision_id: int) -> Ruling:
    """A decision as its statement says it; NotFound for who has nothing to do with it."""
    return _one(session, actor, Ruling.id == decision_id)


def last_decision(session: Session, actor: Actor, subject_kind: str, subject_id: int) -> Ruling:
    """The latest one about something; a guest is not told whether it is there."""
    if actor.is_guest:
        raise NotFound
    return _one(session, actor, and_(Ruling.subject_kind == subject_kind, Ruling.subject_id == subject_id))


def last_of_post(session: Session, actor: Actor, post_id: int) -> Ruling:
    """The latest one about a post; of one that went with its author's account, the one about that."""
    try:
        return last_decision(session, actor, POST, post_id)
    except NotFound:
        author = select(Post.author_id).where(Post.id == post_id, Post.removal_rule == str(Rule.SPAM))
        gone = (Ruling.subject_kind == ACCOUNT, Ruling.subject_id.in_(author), Ruling.act == SPAM)
        if actor.is_guest:
            raise
        return _one(session, actor, and_(*gone))


def decision_of(session: Session, actor: Actor, appeal_id: int) -> Ruling:
    """The one that somebody objected to."""
    return _one(session, actor, Ruling.id.in_(select(Appeal.ruling_id).where(Appeal.id == appeal_id)))


def objected_for_update(session: Session, actor: Actor, decision_id: int) -> Ruling:
    """A decision that concerns the actor, locked after what it is about."""
    require(actor, Act.SEE_DECISION)
    _lock_subject(session, decision_id)
    found = session.scalars(select(Ruling).where(Ruling.id == decision_id, is_told(actor)).with_for_update()).first()
    if found is None:
        raise NotFound(_("There is no such decision, or it does not concern you."))
    return found


def appeal_for_update(session: Session, actor: Actor, appeal_id: int) -> Appeal:
    """An objection of the actor's, or one that they may see as a moderator, locked after what it is about and its
    decision."""
    require(actor, Act.SEE_DECISION)
    ruling_id = session.scalar(select(Appeal.ruling_id).where(Appeal.id == appeal_id))
    _lock_subject(session, ruling_id)
    there = session.scalars(select(Ruling.id).where(Ruling.id == ruling_id, seen(actor)).with_for_update()).first()
    locked = select(Appeal).where(Appeal.id == appeal_id).with_for_update().execution_options(populate_existing=True)
    found = session.scalars(locked).first() if there is not None else None
    if found is None:
        raise NotFound(_("There is no such objection, or it is not yours to look at."))
    return found


def appeals_of(session: Session, decision_id: int) -> Sequence[Appeal]:
    """All objections to a decision, the latest first."""
    asked = select(Appeal).where(Appeal.ruling_id == decision_id).order_by(Appeal.id.desc())
    return session.scalars(asked).all()


def appeal_case(session: Session, appeal_id: int) -> Case | None:
    """The case in which an objection waits."""
    return session.scalars(
        select(Case).where(
            Case.kind == str(Kind.APPEAL),
            Case.subject_kind == "appeal",
            Case.subject_id == appeal_id,
            Case.closed_at.is_(None),
        )
    ).first()


def _lock_subject(session: Session, decision_id: int | None) -> None:
    """Whoever flags or decides takes the locks in this order, so that nobody waits in a ring."""
    row = session.execute(select(Ruling.subject_kind, Ruling.subject_id).where(Ruling.id == decision_id)).first()
    if row is not None and row.subject_kind in LOADERS:
        LOADERS[row.subject_kind](session, row.subject_id)


def _one(session: Session, actor: Actor, which: ColumnElement[bool]) -> Ruling:
    require(actor, Act.SEE_DECISION)
    asked = select(Ruling).where(which, seen(actor)).order_by(Ruling.id.desc()).limit(1)
    found = session.scalars(asked).first()
    if found is None:
        raise NotFound(_("There is no such decision, or it does not concern you."))
    return found


# ── what was promised to who objects ──────────────────────────────────────────────────────────────────────────────────


def promised(
    session: Session, history: History, now: datetime, where: Sequence[ColumnElement[bool]], *, of_no_board: bool
) -> Iterator[Promise]:
    """The promises to those who objected that were due within the last 28 days, or are due later; each as it held when
    they did. `where`: SQL over Board; `of_no_board`: those about no board, too. What was withdrawn is nobody's to
    answer."""
    on = and_(*where)
    rows = session.execute(
        select(Appeal.at, Appeal.decided_at)
        .join(Ruling, Ruling.id == Appeal.ruling_id)
        .outerjoin(Board, Board.id == Ruling.board_id)
        .where(or_(on, Ruling.board_id.is_(None)) if of_no_board else on)
        .where(Appeal.state != "withdrawn", Appeal.at > now - SPAN - history.longest_wait(), Appeal.at <= now)
    )
    for at, decided_at in rows:
        held = history.at(at)
        promise = duties.promised(charter.Kind.APPEAL, at, held.commitments, held.service, decided_at)
        if promise is not None and is_recent(promise, now):
            yield promise


def lately(session: Session, now: datetime) -> int:
    """Objections of the 28 days before now."""
    made = select(func.count()).select_from(Appeal).where(Appeal.at > now - SPAN, Appeal.at <= now)
    return session.scalar(made) or 0
