"""Asking somebody to answer a question: only who said that they may be asked, seldom, and never twice for one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import Invalid, TooSoon
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.permissions import Act, Actor, require
from forum.posts.events import AnswerAsked, InvitationDeclined, InvitationHandedOn
from forum.posts.models import Post, Topic
from forum.posts.outcome_models import Invitation
from forum.posts.queries.inviting import may_reply_here
from forum.site import queries as sites
from forum.site.settings import duration, number


def ask_to_answer(session: Session, actor: Actor, topic: Topic, person: Account) -> Invitation:
    """Invite `person` to answer a question (locked, with its board)."""
    require(actor, Act.ASK_TO_ANSWER, topic)
    now = clock.now()
    _check_question(topic)
    asked_today = session.scalar(
        select(func.count()).where(
            Invitation.by_id == actor.account_id, Invitation.created_at > now - timedelta(days=1)
        )
    )
    most = number(sites.settings(session), "asking_a_day")
    if (asked_today or 0) >= most:
        raise TooSoon(
            ngettext(
                "You asked %(num)s person in a day: that is all for today.",
                "You asked %(num)s people in a day: that is all for today.",
                most,
            )
        )
    return _invite(session, actor, topic, person, now)


def hand_on(session: Session, actor: Actor, topic: Topic, invitation: Invitation, person: Account) -> Invitation:
    """ "Not me, but …": who was invited names somebody who knows better (`topic` locked, with its board)."""
    require(actor, Act.ANSWER_INVITATION, invitation)
    _check_open(invitation, topic)
    _check_question(topic)
    following = _invite(session, actor, topic, person, clock.now())
    invitation.state = "handed_on"
    emit(session, InvitationHandedOn(invitation.id, following.id))
    return following


def decline_invitation(session: Session, actor: Actor, invitation: Invitation) -> None:
    """Rather not. Nobody is told; saying it twice changes nothing."""
    require(actor, Act.ANSWER_INVITATION, invitation)
    if invitation.state == "open":
        invitation.state = "declined"
        emit(session, InvitationDeclined(invitation.id))


def mark_answered(session: Session, account_id: int | None, topic: Topic) -> None:
    """Who was asked has replied."""
    mine = (Invitation.topic_id == topic.id, Invitation.account_id == account_id, Invitation.state == "open")
    session.execute(update(Invitation).where(*mine).values(state="answered"))


def _check_question(topic: Topic) -> None:
    if topic.board.kind != "question":
        raise Invalid(_("Only a question wants an answer."))
    if topic.is_solved:
        raise Invalid(_("This question has its answer."))


def _check_open(invitation: Invitation, topic: Topic) -> None:
    if invitation.topic_id != topic.id or invitation.state != "open":
        raise Invalid(_("You are not asked here any more."))


def ask_somebody(session: Session, actor: Actor, person: Account, board_id: int) -> None:
    """Take `person`'s turn to be asked, whatever for: Invalid (field `name`) unless they said that they may be, can
    reply on the board, and were left alone for a while. Two who ask the same person at once ask one after the other."""
    locked = select(Account).where(Account.id == person.id).with_for_update().execution_options(populate_existing=True)
    session.scalars(locked).one()
    name, now = person.shown_name, clock.now()
    if person.id in actor.ignored:
        raise Invalid(_("You ignore %(name)s. Is there somebody else?", name=name), "name")
    if not person.may_be_asked or not session.scalar(select(may_reply_here(board_id)).where(Account.id == person.id)):
        raise Invalid(_("%(name)s has not said that they may be asked, or cannot reply here.", name=name), "name")
    rest = duration(sites.settings(session), "asked_rest")
    if person.asked_at is not None and person.asked_at > now - rest:
        raise Invalid(_("%(name)s was asked something a short while ago. Let them be.", name=name), "name")
    person.asked_at = now


def _invite(session: Session, actor: Actor, topic: Topic, person: Account, now: datetime) -> Invitation:
    _check_person(session, actor, topic, person)
    ask_somebody(session, actor, person, topic.board_id)
    row = Invitation(topic_id=topic.id, account_id=person.id, by_id=actor.account_id, created_at=now)
    session.add(row)
    session.flush()
    emit(session, AnswerAsked(row.id, topic.id, person.id, actor.account_id or 0))
    return row


def _check_person(session: Session, actor: Actor, topic: Topic, person: Account) -> None:
    name = person.shown_name
    if person.id in (actor.account_id, topic.author_id):
        raise Invalid(_("You and whoever asked know of the question. Is there somebody else?"), "name")
    before = (Invitation.topic_id == topic.id, Invitation.account_id == person.id)
    if session.scalar(select(Invitation.id).where(*before)) is not None:
        raise Invalid(_("%(name)s was asked this already.", name=name), "name")
    replied = select(Post.id).where(Post.topic_id == topic.id, Post.author_id == person.id, Post.action == "").limit(1)
    if session.scalar(replied) is not None:
        raise Invalid(_("%(name)s has replied here already.", name=name), "name")
