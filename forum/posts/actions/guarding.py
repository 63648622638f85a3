"""The one door: whatever the organization publishes is asked here, in the transaction that publishes it.

Whoever belongs to no organization is let through without a question.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.core import clock
from forum.core.words import gettext as _
from forum.organization.actions.lapsing import note_lapse
from forum.organization.guard import evaluate, without_measures
from forum.organization.intents import Intent, intent_of
from forum.organization.overriding import (
    CORRECTED,
    NO_GROUNDS,
    Grounds,
    HeldBack,
    Reason,
    checked_grounds,
    exactly,
    overridden,
)
from forum.organization.queries import state
from forum.organization.queries.chartering import REMEMBERED, charter_history, on_board
from forum.organization.situation import BoardState, Purpose, Writer
from forum.organization.verdicts import Rule, RuleId, Verdict, held_until
from forum.organization.voices import PLAIN, Voice, checked_voice, may_warn, moderates
from forum.permissions import Actor, Role
from forum.posts.actions import noticing
from forum.posts.countable import still_counts
from forum.posts.guard_models import Override, OverrideRequest
from forum.posts.models import Post, Topic
from forum.posts.queries.situation import overdue, seeded_at, topic_facts

MONTH = timedelta(days=28)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Where words shall stand, as drafts say it: a reply in a topic, a topic on a board, an edit of a post. `whole`:
    the fingerprint of all that would be published."""

    kind: str
    id: int
    board: Board
    voice: Voice
    topic: Topic | None = None
    judged_anew: Post | None = None
    whole: str = ""

    @property
    def is_members(self) -> bool:
        """An edit of a post that was written by a peer, be it the writer before they belonged to an organization."""
        return self.judged_anew is not None and not self.judged_anew.affiliation_kind

    @property
    def intent(self) -> Intent:
        return intent_of(self.voice.intent)


def as_reply(topic: Topic, voice: Voice, whole: str = "") -> Place:
    return Place("reply", topic.id, topic.board, voice, topic, whole=whole)


def as_topic(board: Board, voice: Voice, whole: str = "") -> Place:
    return Place("topic", board.id, board, voice, whole=whole)


def as_edit(post: Post, purpose: str = "", whole: str = "") -> Place:
    """An opening post is judged as the topic that it begins; what is put into a peer's post, as an answer there."""
    begins = post.is_opening and post.affiliation_kind
    topic, voice = None if begins else post.topic, Voice(purpose or post.intent)
    return Place("edit", post.id, post.topic.board, voice, topic, post, whole)


def as_return(post: Post) -> Place:
    """A post of the organization that was deleted and is to stand again, as if it were written now."""
    begins = post.is_opening
    return Place("return", post.id, post.topic.board, Voice(post.intent), None if begins else post.topic, post)


def as_arrival(opening: Post, board: Board) -> Place:
    """A topic that the organization began elsewhere, as one begun on this board. Only a new topic asks a Host."""
    return Place("arrival", opening.topic_id, board, Voice(opening.intent), None, opening)


@dataclass(frozen=True)
class Passage:
    """What the guard said, and what is written down once it is published."""

    verdict: Verdict
    grounds: Grounds = NO_GROUNDS
    leave: OverrideRequest | None = None
    waits: bool = False

    @property
    def until(self) -> datetime | None:
        return held_until(self.verdict)


OPEN = Passage(Verdict())


def pass_guard(session: Session, actor: Actor, place: Place, grounds: Grounds, source: str) -> Passage:
    """Ask the guard for leave to publish. `waits`: a reply that is to stand by. Raises HeldBack where it may neither be
    published nor stand by, Invalid for a voice or grounds that nobody may use."""
    if actor.belonging is None:
        return OPEN
    now, grounds = clock.now(), checked_grounds(grounds)
    if place.judged_anew is None:
        looks_after, begins = moderates(actor, place.board.id), place.topic is None
        checked_voice(place.voice, actor.belonging, place.board.id, begins=begins, moderates=looks_after)
    verdict = judge(session, actor, place, grounds, source, now, lock=True)
    if verdict.is_degraded:
        note_lapse(session, place.board.id, now, is_blind=verdict.is_blind)
    if verdict.level <= 1:
        return Passage(verdict, grounds)
    check_passable(place, verdict)
    if verdict.level == 2 and grounds.reason and not grounds.stands_by:
        return Passage(verdict, grounds)
    leave = _leave(session, actor, place, now)
    if leave is not None and leave.fingerprint == place.whole:
        return Passage(verdict, Grounds(leave.reason, leave.text, leave.is_confidential), leave)
    if place.kind == "reply" and (verdict.level == 2 or grounds.stands_by):
        return Passage(verdict, grounds, waits=True)
    otherwise = _("This is not what the Host said yes to: something in it is other now. Ask again. Your text is kept.")
    raise HeldBack(verdict, otherwise if leave is not None else "")


def check_passable(place: Place, verdict: Verdict) -> None:
    """Raise HeldBack for what neither a reason nor a Host opens."""
    if verdict.is_refusal:
        raise HeldBack(verdict)
    if place.is_members:
        said = _("This post was written by a member. Write a reply of your own: there everybody sees who speaks.")
        raise HeldBack(verdict, said)


def judge(
    session: Session,
    actor: Actor,
    place: Place,
    grounds: Grounds,
    source: str,
    now: datetime,
    *,
    lock: bool = False,
) -> Verdict:
    """What the guard says. `lock`: to publish; two people cannot both take the last room."""
    history = charter_history(session, now, REMEMBERED)
    charter = on_board(history.at(now), place.board.id, now)
    board = state.board_state(session, place.board, now, lock=lock, charter=charter)
    old = place.judged_anew
    if old is not None and place.is_members:
        old = None  # it stays what it was to the others: a member's
    if place.intent is Intent.SEED:
        last = seeded_at(session, place.board.id, leaving_out=old.topic_id if old else None)
        board = replace(board, overdue=overdue(session, place.board.id, history, now), seeded_at=last)
    if old is not None and old.topic.board_id == place.board.id and still_counts(old.topic, old):
        board = _without(board, old, now)
    notice = noticing.notice_in(session, actor, place.kind, old, grounds, now, lock=lock)
    facts = None
    if place.topic is not None:
        facts = topic_facts(session, place.topic, actor, history, now, leaving_out=old.id if old else None)
    purpose = Purpose(place.intent, is_dangerous=grounds.is_dangerous, notice=notice)
    who = writer(actor, place.board)
    try:
        return evaluate(who, facts, board, purpose, source, now)
    except Exception:  # whatever it is: nobody is silenced by a number that is not there (§3.6)
        log.exception("The guard could not judge a post on board %s.", place.board.id)
        return without_measures(who, facts, board, purpose, now)


def keep_first_word(session: Session, actor: Actor, topic: Topic) -> None:
    """Before somebody of the organization moves or closes a topic: nothing they do to it takes from members the first
    word that they have there."""
    if actor.belonging is None:
        return
    verdict = judge(session, actor, as_reply(topic, PLAIN), NO_GROUNDS, "", clock.now())
    for rule in verdict.rules:
        if rule.id is RuleId.PEER_FIRST and rule.level >= 2:
            topic.first_word_until = rule.until


def write_down(session: Session, passage: Passage, post: Post) -> None:
    """In public: which rules a post passed over, and why. Who wrote it stands there for nobody to read."""
    if passage.verdict.level < 2 and not passage.verdict.writes_override:
        return
    grounds, leave = passage.grounds, passage.leave
    if leave is not None:
        leave.used_at = clock.now()
    rules: Sequence[Rule | None] = overridden(passage.verdict) or [None]
    for rule in rules:
        session.add(
            Override(
                rule=str(rule.id) if rule is not None else CORRECTED,
                board_id=post.board_id,
                topic_id=post.topic_id,
                post_id=post.id,
                author_id=post.author_id,
                approver_id=leave.decided_by_id if leave else None,
                at=clock.now(),
                value=exactly(rule.value if rule is not None else None),
                limit=exactly(rule.limit if rule is not None else None),
                reason=str(Reason.WRONG_INFO) if passage.verdict.writes_override else grounds.reason,
                text=grounds.text,
                is_confidential=grounds.is_confidential,
                role=post.role,
            )
        )
    session.flush()


def writer(actor: Actor, board: Board) -> Writer:
    """Who writes there, as the guard is told of them."""
    is_announcer = actor.speaks_as(Role.ANNOUNCER, board.id)
    return Writer(actor.belonging is not None, is_announcer, may_warn(actor.belonging))


def _without(board: BoardState, old: Post, now: datetime) -> BoardState:
    """The counts without a post that is judged anew."""
    if now - old.created_at >= MONTH or old.intent == Intent.MODERATE or not board.our_posts:
        return board
    less = replace(board, our_posts=board.our_posts - 1, posts=board.posts - 1)
    if not old.is_opening or not board.our_topics:
        return less
    seeds = board.seeds - 1 if old.intent == Intent.SEED and board.seeds else board.seeds
    return replace(less, our_topics=board.our_topics - 1, topics=board.topics - 1, seeds=seeds)


def _leave(session: Session, actor: Actor, place: Place, now: datetime) -> OverrideRequest | None:
    """What a Host said yes to at this place, on this board: this very draft if there is leave for it, else another."""
    return session.scalars(
        select(OverrideRequest)
        .where(
            OverrideRequest.author_id == actor.account_id,
            OverrideRequest.place == place.kind,
            OverrideRequest.place_id == place.id,
            OverrideRequest.board_id == place.board.id,
            OverrideRequest.is_approved,
            OverrideRequest.used_at.is_(None),
            OverrideRequest.expires_at > now,
        )
        .order_by(OverrideRequest.fingerprint != place.whole, OverrideRequest.id.desc())
        .limit(1)
        .with_for_update()
    ).first()
