"""What an item's page shows in its middle: one table, kind of case, else of its subject → template and what it takes.

To let a kind of thing into the queue: a line here, one in `queries.glances.GLANCES`, and its operations
(`operations.OPERATIONS`) or answers (`answers.ANSWERS`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.accounts.models import Account, WaitingSignUp
from forum.conversations import queries as conversations
from forum.conversations.models import MessageReport
from forum.core.errors import NotFound
from forum.moderation.models import Case, Ruling
from forum.moderation.queries.glances import glances_of
from forum.permissions import Act, Actor, allows
from forum.posts.models import Post, Topic

Shown = Mapping[str, Any]
BEFORE, AFTER = 2, 1


@dataclass(frozen=True)
class Part:
    """`load` gives what `template` takes; nothing where it is not there any more."""

    template: str
    load: Callable[[Session, Actor, Case], Shown]


def _post(session: Session, _actor: Actor, case: Case) -> Shown:
    """The post, the two before it and the one after."""
    options = (contains_eager(Post.topic).contains_eager(Topic.board), joinedload(Post.author))
    asked = select(Post).join(Post.topic).join(Topic.board).options(*options)
    post = session.scalars(asked.where(Post.id == case.subject_id)).first()
    if post is None:
        return {}
    near = asked.where(Post.topic_id == post.topic_id, Post.action == "")
    before = session.scalars(near.where(Post.number < post.number).order_by(Post.number.desc()).limit(BEFORE)).all()
    after = session.scalars(near.where(Post.number > post.number).order_by(Post.number).limit(AFTER)).all()
    return {"post": post, "posts": [*reversed(before), post, *after]}


def _topic(session: Session, _actor: Actor, case: Case) -> Shown:
    asked = select(Topic).options(joinedload(Topic.board), joinedload(Topic.author)).where(Topic.id == case.subject_id)
    found = session.scalars(asked).first()
    return {"topic": found} if found else {}


def _account(session: Session, _actor: Actor, case: Case) -> Shown:
    found = session.get(Account, case.subject_id)
    return {"person": found} if found else {}


def _sign_up(session: Session, _actor: Actor, case: Case) -> Shown:
    asked = select(Account, WaitingSignUp).join(WaitingSignUp).where(Account.id == case.subject_id)
    found = session.execute(asked).first()
    return {"person": found[0], "waiting": found[1]} if found else {}


def _message(session: Session, actor: Actor, case: Case) -> Shown:
    """What those who showed it let moderators read, and not a message more."""
    ids = session.scalars(select(MessageReport.id).where(MessageReport.message_id == case.subject_id)).all()
    try:
        return {"evidence": [conversations.evidence(session, actor, report_id) for report_id in ids]}
    except NotFound:
        return {}


def _decision(session: Session, actor: Actor, case: Case) -> Shown:
    """What is proposed or was done at once, and about what."""
    asked = (
        select(Ruling).options(joinedload(Ruling.by), joinedload(Ruling.account)).where(Ruling.id == case.subject_id)
    )
    decision = session.scalars(asked).first()
    if decision is None:
        return {}
    place = (decision.subject_kind, decision.subject_id)
    return {
        "decision": decision,
        "about": glances_of(session, [place]).get(place),
        "may_confirm": allows(actor, Act.CONFIRM_DECISION, decision),
    }


PARTS: Mapping[str, Part] = {
    "sign_up": Part("moderation/parts/sign_up.html", _sign_up),
    "post": Part("moderation/parts/post.html", _post),
    "topic": Part("moderation/parts/topic.html", _topic),
    "account": Part("moderation/parts/account.html", _account),
    "message": Part("moderation/parts/message.html", _message),
    "decision": Part("moderation/parts/decision.html", _decision),
}


def part_of(case: Case) -> Part | None:
    """How a case is shown."""
    return PARTS.get(case.kind) or PARTS.get(case.subject_kind)
