"""One item of the queue, with all that its decision needs beside the thing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.sanction_models import Sanction
from forum.accounts.sanctioned import in_force_of
from forum.core import clock
from forum.holds.models import HeldPost
from forum.holds.rules import Rule as HeldRule
from forum.moderation.actions.claiming import CLAIMED_FOR
from forum.moderation.models import Case, Flag, Reason, Ruling
from forum.moderation.queries.queue import Wanted, case_of, neighbours
from forum.moderation.queries.records import Record, records
from forum.moderation.subjects import ACCOUNT, HELD
from forum.permissions import Act, Actor, allows
from forum.sanctions.queries import member
from forum.site.rules import RULES, Rule


@dataclass(frozen=True)
class Item:
    """`decisions`: what was done to the same thing so far, the latest first; `records`: of its author and of who
    flagged it; `place`: which of how many it is, with the one before and the next; `held_by`: the first rule that held
    words back; `sanctions`: what holds its author back now; `may_sanction`: whether the reader decides of them."""

    case: Case
    flags: Sequence[Flag]
    decisions: Sequence[Ruling]
    records: Mapping[int, Record]
    reasons: Sequence[Reason]
    place: tuple[int, int, int | None, int | None]
    wanted: Wanted
    held_by: str = ""
    sanctions: Sequence[Sanction] = ()
    may_sanction: bool = False

    @property
    def silence(self) -> Sanction | None:
        """What keeps its author from writing until somebody has looked."""
        return next((one for one in self.sanctions if one.automated and one.role == "house"), None)

    @property
    def rule(self) -> str:
        """What most of the flags say; among as many, the graver. Of words that wait, what held them."""
        said = [flag.rule for flag in self.flags if flag.verdict in ("", "right")]
        if self.held_by:
            return str(Rule.SPAM if self.held_by in _ADVERTISES else Rule.OTHER)
        return max(said, key=lambda rule: (said.count(rule), _GRAVITY[rule])) if said else ""

    @property
    def is_claimed(self) -> bool:
        at = self.case.claimed_at
        return at is not None and clock.now() - at < CLAIMED_FOR


# Why words wait that mostly advertise.
_ADVERTISES = frozenset({HeldRule.LINKS, HeldRule.IMAGES, HeldRule.SAME_LINK, HeldRule.TYPING})
# Of rules that as many flags name the later one counts.
_GRAVITY = {str(rule): index for index, rule in enumerate(RULES)} | {
    Rule.HARMFUL: len(RULES),
    Rule.ILLEGAL: len(RULES) + 1,
}


def item(session: Session, actor: Actor, case_id: int, wanted: Wanted) -> Item:
    """The case and what is known; NotFound for whom it is not to decide."""
    case = case_of(session, actor, case_id)
    flags = session.scalars(
        select(Flag).options(joinedload(Flag.by)).where(Flag.case_id == case.id).order_by(Flag.at, Flag.id)
    ).all()
    decisions = session.scalars(
        select(Ruling)
        .options(joinedload(Ruling.by), joinedload(Ruling.confirmed_by))
        .where(or_(Ruling.case_id == case.id, _same(case)))
        .order_by(Ruling.id.desc())
        .limit(10)
    ).all()
    ids = [flag.by_id for flag in flags if flag.by_id is not None]
    return Item(
        case,
        flags,
        decisions,
        records(session, actor, ids, case.account_id),
        saved_reasons(session),
        neighbours(session, actor, case, wanted),
        wanted,
        _held_by(session, case),
        _sanctions(session, actor, case),
        _may_sanction(session, actor, case),
    )


def _held_by(session: Session, case: Case) -> str:
    if case.subject_kind != HELD:
        return ""
    return session.scalar(select(HeldPost.detector).where(HeldPost.id == case.subject_id)) or ""


def _sanctions(session: Session, actor: Actor, case: Case) -> Sequence[Sanction]:
    """What holds its author back now, for whoever may read that."""
    if case.account is None or not allows(actor, Act.SEE_SANCTIONS, case.account):
        return ()
    return in_force_of(session, case.account.id, clock.now())


def _may_sanction(session: Session, actor: Actor, case: Case) -> bool:
    if case.subject_kind != ACCOUNT or case.account is None:
        return False
    return allows(actor, Act.SANCTION, member(session, case.account))


def saved_reasons(session: Session) -> Sequence[Reason]:
    """All, by rule and title."""
    return session.scalars(select(Reason).order_by(Reason.rule, Reason.title, Reason.id)).all()


def _same(case: Case) -> ColumnElement[bool]:
    return and_(Ruling.subject_kind == case.subject_kind, Ruling.subject_id == case.subject_id)
