"""Asking a Host who did not write it for leave to post, and their answer (`organization.md` §3.4, level 3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization.events import HostAnswered, HostAsked
from forum.organization.overriding import Grounds, checked_grounds, exactly, overridden
from forum.permissions import Act, Actor, allows, require
from forum.posts.actions import guarding
from forum.posts.actions.guarding import Place
from forum.posts.actions.publishing import limits_of
from forum.posts.drafts import Written
from forum.posts.guard_models import OverrideRequest
from forum.posts.limits import checked_body

LASTS = timedelta(hours=24)
MOST = 10


def ask_host(
    session: Session,
    actor: Actor,
    place: Place,
    body: Written,
    grounds: Grounds,
    *,
    title: str = "",
    beside: Mapping[str, Any] | None = None,
) -> OverrideRequest:
    """Show a Host the draft (`beside`: what of it stands beside title and text), the numbers and why it cannot wait.
    Their yes is for `place.whole` alone. Raises HeldBack for what no Host may open, Conflict where nobody needs to be
    asked."""
    if place.judged_anew is not None:
        if not any(allows(actor, act, place.judged_anew) for act in (Act.SETTLE_PLEDGE, Act.EDIT_POLL)):
            require(actor, Act.EDIT_POST, place.judged_anew)
    else:
        require(actor, Act.REPLY if place.topic is not None else Act.START_TOPIC, place.topic or place.board)
    assert actor.belonging is not None  # nobody else is held back
    checked_body(body.source, limits_of(session))
    grounds, now = checked_grounds(grounds), clock.now()
    if not grounds.reason:
        raise Invalid(_("Choose why this cannot wait."), "why")
    verdict = guarding.judge(session, actor, place, grounds, body.source, now)
    if verdict.level >= 2:
        guarding.check_passable(place, verdict)
    if verdict.level < 3:
        raise Conflict(_("No Host needs to be asked: this can be posted with a reason."))
    _check_few(session, actor)
    row = OverrideRequest(
        author_id=actor.account_id,
        organization_id=actor.belonging.organization_id,
        board_id=place.board.id,
        board=place.board,
        place=place.kind,
        place_id=place.id,
        title=title or (place.topic.title if place.topic is not None else ""),
        source=body.source,
        html=body.rendered.html,
        intent=str(place.intent),
        fingerprint=place.whole,
        about=dict(beside or {}),
        rules=[
            {"rule": str(rule.id), "value": exactly(rule.value), "limit": exactly(rule.limit)}
            for rule in overridden(verdict)
        ],
        reason=grounds.reason,
        text=grounds.text,
        is_confidential=grounds.is_confidential,
        asked_at=now,
        expires_at=now + LASTS,
    )
    session.add(row)
    session.flush()
    emit(session, HostAsked(row.id))
    return row


def answer_request(session: Session, actor: Actor, row: OverrideRequest, *, is_approved: bool) -> None:
    """Say yes or no (`row` locked). With a yes its author posts this very draft within the day."""
    require(actor, Act.ANSWER_REQUEST, row)
    now = clock.now()
    if not row.is_open(now):
        raise Conflict(_("This is decided, or its day is over."))
    row.decided_at, row.decided_by_id, row.is_approved = now, actor.account_id, is_approved
    emit(session, HostAnswered(row.id, actor.account_id or 0))


def _check_few(session: Session, actor: Actor) -> None:
    mine = (OverrideRequest.author_id == actor.account_id, OverrideRequest.asked_at > clock.now() - LASTS)
    if (session.scalar(select(func.count()).where(*mine)) or 0) >= MOST:
        raise Conflict(_("You asked Hosts %(n)s times in a day: that is all for today.", n=MOST))
