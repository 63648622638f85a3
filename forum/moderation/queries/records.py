"""The record of both sides, for who decides: what was decided about somebody, how right their flags were, and whether
moderators wrote with them. Never for themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.sanction_models import Sanction
from forum.conversations.models import Conversation
from forum.moderation.models import Flag, Ruling
from forum.moderation.operations import OPERATIONS
from forum.permissions import Act, Actor, require

LATEST = 5
# What leaves something as it is says nothing against anybody.
_AGAINST = tuple(act for act, operation in OPERATIONS.items() if operation.upholds)


@dataclass
class Record:
    """`decided`: decisions against them that stand, `latest`: the last few, taken back or not; `right`, `wrong`: of
    their own flags; `conversation_id`: their conversation with the moderators."""

    decided: int = 0
    right: int = 0
    wrong: int = 0
    conversation_id: int | None = None
    latest: Sequence[Ruling] = field(default_factory=tuple)


def records(session: Session, actor: Actor, ids: Sequence[int], about: int | None) -> Mapping[int, Record]:
    """Account id → their record; `about`: of whom the last decisions themselves are told. Five questions."""
    require(actor, Act.WORK_QUEUE)
    found = {id_: Record() for id_ in {*ids, *([about] if about else [])} if id_ != actor.account_id}
    if not found:
        return found
    counted = (
        select(Ruling.account_id, func.count())
        .where(Ruling.account_id.in_(found), Ruling.state == "in_force", Ruling.act.in_(_AGAINST))
        .group_by(Ruling.account_id)
    )
    for account_id, count in session.execute(counted):
        found[account_id or 0].decided = count
    # Of sanctions those that people here imposed before there were decisions behind them.
    older = (Sanction.ruling_id.is_(None), ~Sanction.automated, Sanction.role != "import")
    held_back = (Sanction.account_id.in_(found), *older)
    sanctioned = select(Sanction.account_id, func.count()).where(*held_back).group_by(Sanction.account_id)
    for account_id, count in session.execute(sanctioned):
        found[account_id].decided += count
    judged = (
        select(Flag.by_id, Flag.verdict, func.count())
        .where(Flag.by_id.in_(found), Flag.verdict.in_(("right", "wrong")))
        .group_by(Flag.by_id, Flag.verdict)
    )
    for account_id, verdict, count in session.execute(judged):
        setattr(found[account_id or 0], verdict, count)
    if actor.is_moderator:
        talks = select(Conversation.member_id, Conversation.id).where(Conversation.member_id.in_(found))
        for account_id, conversation_id in session.execute(talks):
            found[account_id or 0].conversation_id = conversation_id
    if about in found:
        found[about].latest = session.scalars(
            select(Ruling)
            .options(joinedload(Ruling.by))
            .where(Ruling.account_id == about, Ruling.act.in_(_AGAINST), Ruling.state != "proposed")
            .order_by(Ruling.id.desc())
            .limit(LATEST)
        ).all()
    return found
