"""Coming in and going out by one's own will."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forum.accounts.actions.membership import enter_group, leave_group
from forum.core import clock
from forum.core.errors import Conflict, Invalid, TooSoon
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.groups.drafts import words
from forum.groups.events import InvitationAnswered, MembershipAsked
from forum.groups.models import GroupRequest
from forum.groups.queries import Standing
from forum.permissions import Act, Actor, require

# Who was told no can ask again after a week.
AGAIN_AFTER = timedelta(days=7)


def join(session: Session, actor: Actor, of: Standing) -> None:
    """Enter an open group; being in already changes nothing."""
    require(actor, Act.JOIN_GROUP, of)
    assert actor.account_id is not None
    enter_group(session, of.id, actor.account_id)
    if of.request is not None:
        _close(of.request, "yes", actor)


def leave(session: Session, actor: Actor, of: Standing) -> None:
    """Go out of a group; being out already changes nothing."""
    require(actor, Act.LEAVE_GROUP, of)
    assert actor.account_id is not None
    leave_group(session, of.id, actor.account_id)


def ask(session: Session, actor: Actor, of: Standing, why: str) -> GroupRequest:
    """Ask the owners to be let in; asking twice asks once."""
    require(actor, Act.ASK_TO_JOIN, of)
    if of.request is not None:
        return of.request
    if of.is_member:
        raise Invalid(_("You are in this group already."))
    now = clock.now()
    refused_at = session.scalar(
        select(GroupRequest.decided_at)
        .where(
            GroupRequest.group_id == of.id,
            GroupRequest.account_id == actor.account_id,
            GroupRequest.decision == "no",
            GroupRequest.kind == "asked",
        )
        .order_by(GroupRequest.decided_at.desc())
        .limit(1)
    )
    if refused_at is not None and now - refused_at < AGAIN_AFTER:
        raise TooSoon(_("You asked a few days ago and were told no. You can ask again a week after that."))
    request = GroupRequest(
        group_id=of.id,
        account_id=actor.account_id,
        by_id=actor.account_id,
        kind="asked",
        words=words(why, "words"),
        created_at=now,
    )
    write_request(session, request)
    emit(session, MembershipAsked(request.id, of.id, request.account_id))
    return request


def withdraw(session: Session, actor: Actor, of: Standing) -> None:
    """Not ask any more."""
    require(actor, Act.LEAVE_GROUP, of)
    if of.request is not None and of.has_asked:
        _close(of.request, "withdrawn", actor)
        session.flush()


def answer_invitation(session: Session, actor: Actor, of: Standing, *, yes: bool) -> None:
    """Come in where one was invited, or say no thanks."""
    require(actor, Act.ANSWER_GROUP_INVITATION, of)
    assert of.request is not None
    assert actor.account_id is not None
    _close(of.request, "yes" if yes else "no", actor)
    if yes:
        enter_group(session, of.id, actor.account_id)
    session.flush()
    emit(session, InvitationAnswered(of.request.id, of.id, actor.account_id))


def write_request(session: Session, request: GroupRequest) -> None:
    """Of two who do the same at once, one hears that it is done."""
    try:
        with session.begin_nested():
            session.add(request)
            session.flush()
    except IntegrityError:
        raise Conflict(_("Somebody else has just done the same. Look again.")) from None


def _close(request: GroupRequest, decision: str, actor: Actor) -> None:
    request.decision, request.decided_at, request.decided_by_id = decision, clock.now(), actor.account_id
