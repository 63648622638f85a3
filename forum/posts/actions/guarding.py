"""The one door: whatever the organization publishes is asked here, in the transaction that publishes it.

Whoever belongs to no organization is let through without a question.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import Refused
from forum.core.words import gettext as _
from forum.organization import edits
from forum.organization.actions.lapsing import note_lapse
from forum.organization.guard import evaluate, pinning, without_measures
from forum.organization.intents import Intent, intent_of
from forum.organization.overriding import NO_GROUNDS, Grounds, HeldBack, Reason, checked_grounds, exactly, overridden
from forum.organization.queries import state
from forum.organization.queries.chartering import REMEMBERED, charter_history, on_board
from forum.organization.situation import BoardState, Pinned, Purpose, Writer
from forum.organization.verdicts import Verdict, held_until
from forum.organization.voices import Voice, checked_voice
from forum.permissions import Actor, Role
from forum.posts.actions import noticing
from forum.posts.guard_models import Override, OverrideRequest
from forum.posts.models import Post, Topic
from forum.posts.queries.situation import overdue, seeded_at, topic_facts

MONTH = timedelta(days=28)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Where words shall stand, as drafts say it: a reply in a topic, a topic on a board, an edit of a post."""

    kind: str
    id: int
    board: Board
    voice: Voice
    topic: Topic | None = None
    judged_anew: Post | None = None

    @property
    def intent(self) -> Intent:
        return intent_of(self.voice.intent)


def as_reply(topic: Topic, voice: Voice) -> Place:
    return Place("reply", topic.id, topic.board, voice, topic)


def as_topic(board: Board, voice: Voice) -> Place:
    return Place("topic", board.id, board, voice)


def as_edit(post: Post) -> Place:
    """An opening post is judged as the topic that it begins."""
    topic = None if post.is_opening else post.topic
    return Place("edit", post.id, post.topic.board, Voice(post.intent), topic, post)


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
        checked_voice(place.voice, actor.belonging, place.board.id)
    verdict = judge(session, actor, place, grounds, source, now, lock=True)
    if verdict.is_degraded:
        note_lapse(session, place.board.id, now, is_blind=verdict.is_blind)
    if verdict.level <= 1:
        return Passage(verdict, grounds)
    if verdict.is_refusal:
        raise HeldBack(verdict)
    if verdict.level == 2 and grounds.reason and not grounds.stands_by:
        return Passage(verdict, grounds)
    leave = _leave(session, actor, place, source, now)
    if leave is not None:
        return Passage(verdict, Grounds(leave.reason, leave.text, leave.is_confidential), leave)
    if place.kind == "reply" and (verdict.level == 2 or grounds.stands_by):
        return Passage(verdict, grounds, waits=True)
    raise HeldBack(verdict)


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
    if place.intent is Intent.SEED:
        last = seeded_at(session, place.board.id, leaving_out=old.topic_id if old else None)
        board = replace(board, overdue=overdue(session, place.board.id, history, now), seeded_at=last)
    if old is not None:
        board = _without(board, old, now)
    notice = noticing.notice_in(session, place.kind, old, grounds, now, lock=lock)
    facts = None
    if place.topic is not None:
        facts = topic_facts(session, place.topic, actor, history, now, leaving_out=old.id if old else None)
    purpose = Purpose(place.intent, is_dangerous=grounds.is_dangerous, notice=notice)
    writer = _writer(actor, place.board)
    try:
        return evaluate(writer, facts, board, purpose, source, now)
    except Exception:  # whatever it is: nobody is silenced by a number that is not there (§3.6)
        log.exception("The guard could not judge a post on board %s.", place.board.id)
        return without_measures(writer, facts, board, purpose, now)


def needs_judging(actor: Actor, post: Post, source: str) -> bool:
    """Whether an edit is looked at as a new post: the organization's words, in the hand of its people."""
    if actor.belonging is None or not post.affiliation_kind:
        return False
    intent = intent_of(post.intent)
    before = post.source if post.judged_source is None else post.judged_source
    return edits.needs_evaluation(edits.Wording(intent, before), edits.Wording(intent, source))


def remember_judged(post: Post, source: str, *, judged: bool) -> None:
    """Before the words change: what the guard saw last is kept, so that many small edits do not make a large one."""
    if not post.affiliation_kind:
        return
    if judged:
        post.judged_source = None
    elif post.judged_source is None and source != post.source:
        post.judged_source = post.source


def write_down(session: Session, passage: Passage, post: Post) -> None:
    """In public: which rules a post passed over, and why. Who wrote it stands there for nobody to read."""
    if passage.verdict.level < 2 and not passage.verdict.writes_override:
        return
    grounds, leave = passage.grounds, passage.leave
    if leave is not None:
        leave.used_at = clock.now()
    for rule in overridden(passage.verdict):
        session.add(
            Override(
                rule=str(rule.id),
                board_id=post.board_id,
                topic_id=post.topic_id,
                post_id=post.id,
                author_id=post.author_id,
                approver_id=leave.decided_by_id if leave else None,
                at=clock.now(),
                value=exactly(rule.value),
                limit=exactly(rule.limit),
                reason=str(Reason.WRONG_INFO) if passage.verdict.writes_override else grounds.reason,
                text=grounds.text,
                is_confidential=grounds.is_confidential,
                role=post.role,
            )
        )
    session.flush()


def check_pin(session: Session, actor: Actor, topic: Topic, until: datetime, *, replaces: Topic | None) -> None:
    """Raise HeldBack for a pin of the organization's that is one too many, or too long (G7)."""
    if actor.belonging is None:
        return
    now = clock.now()
    if replaces is not None and not _is_ours(replaces, topic, now):
        raise Refused(_("Choose a topic that is pinned there now."))
    board = replace(
        state.board_state(session, topic.board, now, lock=True), pins=len(_ours_pinned(session, topic, now))
    )
    verdict = pinning(_writer(actor, topic.board), board, now, Pinned(until, replaces is not None))
    if verdict.level > 1:
        raise HeldBack(verdict)


def fit_pin(session: Session, topic: Topic) -> None:
    """A topic came back, or came from another board, with a pin of the organization's: where as many are up as may be,
    it is up no more (G7)."""
    now = clock.now()
    if not topic.pinned_as or topic.pinned_until is None or topic.pinned_until <= now:
        return
    most = state.board_state(session, topic.board, now, lock=True).limits.pins
    if len(_ours_pinned(session, topic, now)) >= most:
        topic.pinned_at, topic.pinned_until, topic.pin_scope, topic.pinned_as = None, None, "", ""


def _ours_pinned(session: Session, topic: Topic, now: datetime) -> list[int]:
    """Topics of its board that an organization holds at the top now, itself aside."""
    up = (Topic.board_id == topic.board_id, Topic.pinned_until > now, Topic.pinned_as != "")
    return list(session.scalars(select(Topic.id).where(*up, Topic.id != topic.id, Topic.deleted_at.is_(None))))


def _is_ours(pinned: Topic, beside: Topic, now: datetime) -> bool:
    is_up = pinned.pinned_until is not None and pinned.pinned_until > now
    return is_up and pinned.pinned_as != "" and pinned.board_id == beside.board_id


def _writer(actor: Actor, board: Board) -> Writer:
    is_announcer, is_host = (actor.speaks_as(role, board.id) for role in (Role.ANNOUNCER, Role.HOST))
    return Writer(actor.belonging is not None, is_announcer, is_host)


def _without(board: BoardState, old: Post, now: datetime) -> BoardState:
    """The counts without a post that is judged anew."""
    if now - old.created_at >= MONTH or old.intent == Intent.MODERATE or not board.our_posts:
        return board
    less = replace(board, our_posts=board.our_posts - 1, posts=board.posts - 1)
    if not old.is_opening or not board.our_topics:
        return less
    seeds = board.seeds - 1 if old.intent == Intent.SEED and board.seeds else board.seeds
    return replace(less, our_topics=board.our_topics - 1, topics=board.topics - 1, seeds=seeds)


def _leave(session: Session, actor: Actor, place: Place, source: str, now: datetime) -> OverrideRequest | None:
    """What a Host said yes to: these very words for this purpose at this place."""
    return session.scalars(
        select(OverrideRequest)
        .where(
            OverrideRequest.author_id == actor.account_id,
            OverrideRequest.place == place.kind,
            OverrideRequest.place_id == place.id,
            OverrideRequest.source == source,
            OverrideRequest.intent == str(place.intent),
            OverrideRequest.is_approved,
            OverrideRequest.used_at.is_(None),
            OverrideRequest.expires_at > now,
        )
        .order_by(OverrideRequest.id.desc())
        .limit(1)
        .with_for_update()
    ).first()
