"""Replies that stand by: keeping one, rewording it, taking it back, and what a member's reply does to it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization.events import StandByKept, StandByReworded, StandBySettled
from forum.organization.overriding import HeldBack
from forum.permissions import Act, Actor, require
from forum.posts import standbys
from forum.posts.actions.guarding import Passage
from forum.posts.actions.publishing import limits_of
from forum.posts.drafts import ReplyDraft, Written
from forum.posts.guard_models import StandBy
from forum.posts.limits import check_calls, checked_body
from forum.posts.models import Post, Topic
from forum.posts.standbys import State
from forum.posts.standing import SOFT_INTENTS
from forum.uploads import actions as uploads
from forum.uploads.addresses import tokens_in

USES = "stand_by"


def already_kept(session: Session, actor: Actor, once: str) -> StandBy | None:
    """The stand-by that this very form made before. Members have none: they are not asked for."""
    if not once or actor.belonging is None:
        return None
    return session.scalars(select(StandBy).where(StandBy.author_id == actor.account_id, StandBy.once == once)).first()


def keep(session: Session, actor: Actor, topic: Topic, draft: ReplyDraft, passage: Passage, now: datetime) -> StandBy:
    """Keep a reply that is to wait (`topic` locked). The first one in a topic wins: HeldBack for another."""
    if topic.stand_by_id is not None:
        raise HeldBack(passage.verdict, _beside(session, actor, topic.stand_by_id))
    row = StandBy(
        topic_id=topic.id,
        topic=topic,
        author_id=actor.account_id,
        created_at=now,
        reply_to_number=draft.reply_to_number,
        voice=asdict(draft.voice),
        along=dict(draft.along),
        once=draft.once or None,
        until=passage.until,
        look_at=standbys.next_look(now, passage.until),
        state=str(State.HELD),
    )
    _say(row, draft.body)
    session.add(row)
    session.flush()
    topic.stand_by_id = row.id
    uploads.use(session, actor, USES, row.id, tokens_in(row.html), {})
    emit(session, StandByKept(row.id))
    return row


def reword_stand_by(session: Session, actor: Actor, row: StandBy, body: Written) -> None:
    """Say it otherwise (`row` locked, with topic); its time stays."""
    require(actor, Act.KEEP_STAND_BY, row)
    _check_held(row)
    limits = limits_of(session)
    checked_body(body.source, limits)
    check_calls(body.rendered.html, limits)
    _say(row, body)
    session.flush()
    uploads.disuse(session, actor, USES, row.id)
    uploads.use(session, actor, USES, row.id, tokens_in(row.html), {})
    emit(session, StandByReworded(row.id))


def withdraw_stand_by(session: Session, actor: Actor, row: StandBy) -> None:
    """Do not post it (`row` and its topic locked). Its text is kept."""
    require(actor, Act.KEEP_STAND_BY, row)
    _check_held(row)
    settle(session, row.topic, row, State.WITHDRAWN, clock.now())


def hear_reply(session: Session, topic: Topic, post: Post, now: datetime) -> None:
    """A substantive reply is there: a member's makes the stand-by needless, anybody else's has it looked at again."""
    if topic.stand_by_id is None or post.intent in SOFT_INTENTS:
        return
    row = session.get_one(StandBy, topic.stand_by_id)
    if not post.affiliation_kind and post.author_id != topic.author_id:
        settle(session, topic, row, State.CANCELLED, now, post_id=post.id)
    else:
        row.look_at = now


def look_again(session: Session, topic: Topic) -> None:
    """Have the worker look at what stands by here, now."""
    if topic.stand_by_id is not None:
        session.get_one(StandBy, topic.stand_by_id).look_at = clock.now()


def end_with(session: Session, topic: Topic) -> None:
    """What stands by in a topic (locked) that has just ended stands by no more."""
    if topic.stand_by_id is not None and has_ended(topic):
        settle(session, topic, session.get_one(StandBy, topic.stand_by_id), State.MOOT, clock.now())


def has_ended(topic: Topic) -> bool:
    """It is closed, archived, removed, merged away or solved."""
    ends = (topic.locked_at, topic.archived_at, topic.deleted_at, topic.duplicate_of_id, topic.solved_at)
    return any(end is not None for end in ends)


def settle(
    session: Session,
    topic: Topic,
    row: StandBy,
    to: State,
    now: datetime,
    *,
    post_id: int | None = None,
    refusal: str = "",
) -> None:
    """It stands by no more."""
    row.state, row.settled_at, row.post_id, row.refusal = str(to), now, post_id, refusal[:300]
    if topic.stand_by_id == row.id:
        topic.stand_by_id = None
    session.flush()
    emit(session, StandBySettled(row.id, row.state))


def _say(row: StandBy, body: Written) -> None:
    row.source, row.html, row.plain = body.source, body.rendered.html, body.rendered.plain
    row.words, row.renderer_version = body.rendered.words, body.rendered.version


def _check_held(row: StandBy) -> None:
    if row.state != State.HELD:
        raise Conflict(_("This reply stands by no more: look what became of it."))


def _beside(session: Session, actor: Actor, stand_by_id: int) -> str:
    first = session.get_one(StandBy, stand_by_id)
    if first.author_id == actor.account_id:
        return _("You have a reply standing by here already: change that one, or withdraw it first.")
    return _("A colleague has a reply standing by here already. Yours was not kept as a second one.")
