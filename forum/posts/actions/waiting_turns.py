"""What people say about who should speak first in a topic: who asked, a member who is on it, a moderator, staff."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.boards.fields import YES
from forum.boards.kinds import URGENT
from forum.core import clock
from forum.core.errors import Conflict, Refused
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization.events import SeenByOrganization, TurnGivenBack, TurnTaken, TurnWaived, WaiverTakenBack
from forum.organization.overriding import NO_GROUNDS
from forum.organization.verdicts import RuleId
from forum.organization.voices import PLAIN
from forum.permissions import Act, Actor, Role, require
from forum.permissions.speaking import is_of_host
from forum.posts.actions import guarding
from forum.posts.actions.publishing import add_note
from forum.posts.actions.standing_by import look_again
from forum.posts.events import TopicStateChanged
from forum.posts.models import Topic
from forum.posts.queries.situation import turn_ends_at


def waive_turn(session: Session, actor: Actor, topic: Topic) -> None:
    """Who asked would be glad of the organization's answer now (`topic` locked): what stands by is looked at."""
    require(actor, Act.WAIVE_TURN, topic)
    if topic.waived_at is None:
        topic.waived_at = clock.now()
        look_again(session, topic)
        emit(session, TurnWaived(topic.id, actor.account_id or 0))


def take_waiver_back(session: Session, actor: Actor, topic: Topic) -> None:
    """Members first after all (`topic` locked), as long as the organization has not answered."""
    require(actor, Act.WAIVE_TURN, topic)
    if topic.waived_at is None:
        return
    if topic.staff_reply_count:
        raise Conflict(_("The organization has answered already."))
    topic.waived_at = None
    emit(session, WaiverTakenBack(topic.id, actor.account_id or 0))


def take_turn(session: Session, actor: Actor, topic: Topic) -> None:
    """ "I'm on it" (`topic` locked): once in a topic, by whoever says so first, while members have the first word."""
    require(actor, Act.TAKE_TURN, topic)
    if topic.taken_at is not None:
        return
    if turn_ends_at(session, topic, actor, clock.now()) is None:
        raise Conflict(_("Nobody waits here for a member any more: if you know it, just reply."))
    topic.taken_at, topic.taken_by_id = clock.now(), actor.account_id
    emit(session, TurnTaken(topic.id, actor.account_id or 0))


def give_turn_back(session: Session, actor: Actor, topic: Topic) -> None:
    """Whoever said so is not on it after all (`topic` locked)."""
    require(actor, Act.TAKE_TURN, topic)
    if topic.taken_by_id != actor.account_id:
        raise Conflict(_("It does not say that you are on it."))
    topic.taken_at = topic.taken_by_id = None
    look_again(session, topic)
    emit(session, TurnGivenBack(topic.id, actor.account_id or 0))


def mark_urgent(session: Session, actor: Actor, topic: Topic) -> None:
    """Nobody should wait here (`topic` locked). A note in the stream says so."""
    require(actor, Act.MARK_URGENT, topic)
    if topic.urgent_at is None:
        topic.urgent_at, topic.urgent_by_id = clock.now(), actor.account_id
        look_again(session, topic)
        _note(session, actor, topic, "urgent")


def unmark_urgent(session: Session, actor: Actor, topic: Topic) -> None:
    """It is not urgent any more."""
    require(actor, Act.MARK_URGENT, topic)
    if topic.urgent_at is not None:
        topic.urgent_at = topic.urgent_by_id = None
        _note(session, actor, topic, "not urgent")


def follow_answer(session: Session, actor: Actor, topic: Topic, before: str = "") -> None:
    """Where the board asks whether it is urgent, the answer marks the topic; `before`: what the answer was."""
    said = str(topic.fields.get(URGENT, ""))
    if said == before:
        return
    if said == YES and topic.urgent_at is None:
        topic.urgent_at, topic.urgent_by_id = clock.now(), actor.account_id
        look_again(session, topic)
        _note(session, actor, topic, "urgent")
    elif before == YES and topic.urgent_at is not None:
        topic.urgent_at = topic.urgent_by_id = None
        _note(session, actor, topic, "not urgent")


def say_seen(session: Session, actor: Actor, topic: Topic) -> None:
    """A Responder has seen it, and leaves members the first word (`topic` locked)."""
    if actor.speaks_as(Role.RESPONDER, topic.board_id) and not is_of_host(actor, topic):
        raise Refused(_("Only people of the organization that hosts this place say that it has seen a topic."))
    require(actor, Act.SAY_SEEN, topic)
    if topic.org_seen_at is None:
        topic.org_seen_at = now = clock.now()
        verdict = guarding.judge(session, actor, guarding.as_reply(topic, PLAIN), NO_GROUNDS, "", now)
        topic.members_first_until = next((rule.until for rule in verdict.rules if rule.id is RuleId.PEER_FIRST), None)
        emit(session, SeenByOrganization(topic.id, actor.account_id or 0))


def _note(session: Session, actor: Actor, topic: Topic, change: str) -> None:
    add_note(session, actor, topic, change, clock.now())
    emit(session, TopicStateChanged(topic.id, actor.account_id or 0, change))
