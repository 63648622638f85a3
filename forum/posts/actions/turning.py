"""Looking at a reply that stands by, and posting it when members have had their time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.markup import Rendered
from forum.organization.overriding import NO_GROUNDS
from forum.organization.queries.incidents import going_on
from forum.organization.verdicts import held_until
from forum.organization.voices import Voice
from forum.permissions import Act, Actor, require
from forum.posts import standbys
from forum.posts.actions import guarding
from forum.posts.actions.replying import reply
from forum.posts.actions.standing_by import has_ended, settle
from forum.posts.drafts import CLEARED, ReplyDraft, Written
from forum.posts.guard_models import StandBy
from forum.posts.models import Post, Topic
from forum.posts.queries.situation import peer_replied_since
from forum.posts.standbys import POSTED, Seen, Since, State
from forum.posts.standing import shown
from forum.uploads import actions as uploads

HARDEST = 3


def turn_stand_by(session: Session, actor: Actor, row: StandBy) -> State:
    """Look at it as its author (`actor`; `row` and its topic locked, with board), and do what the table says. May raise
    what `reply` raises."""
    require(actor, Act.KEEP_STAND_BY, row)
    now, topic = clock.now(), row.topic
    answered = peer_replied_since(session, topic, row.created_at)
    level, until = _level(session, actor, row, now)
    seen = Seen(
        now=now,
        kept_at=row.created_at,
        level=level,
        is_over=is_over(topic),
        peer_replied=answered is not None,
        author_is_staff=actor.belonging is not None,
        is_released=topic.waived_at is not None,
    )
    to = standbys.turned(State(row.state), seen)
    if to is State.HELD:
        row.until, row.look_at = until, standbys.next_look(now, until)
    elif to in POSTED:
        post = _post(session, actor, row)
        post.posted_since = str(_since(session, actor, row, to, now))
        settle(session, topic, row, to, now, post_id=post.id)
    elif to != row.state:
        settle(session, topic, row, to, now, post_id=answered if to is State.CANCELLED else None)
    return to


def refuse_stand_by(session: Session, actor: Actor, row: StandBy, sentence: str) -> None:
    """Something else than the guard refused it: its author hears why (`row` and its topic locked)."""
    require(actor, Act.KEEP_STAND_BY, row)
    if row.state == State.HELD:
        settle(session, row.topic, row, State.EXPIRED, clock.now(), refusal=sentence)


def delay_stand_by(session: Session, actor: Actor, row: StandBy, seconds: int) -> None:
    """Its author wrote something a moment ago: look again when they may."""
    require(actor, Act.KEEP_STAND_BY, row)
    row.look_at = clock.now() + timedelta(seconds=max(60, seconds))


def is_over(topic: Topic) -> bool:
    """Nothing is to be said here any more."""
    return has_ended(topic) or topic.board.archived_at is not None


def _level(session: Session, actor: Actor, row: StandBy, now: datetime) -> tuple[int, datetime | None]:
    if actor.belonging is None:
        return HARDEST, None
    place = guarding.as_reply(row.topic, Voice(**row.voice))
    verdict = guarding.judge(session, actor, place, NO_GROUNDS, row.source, now, lock=True)
    return verdict.level, held_until(verdict)


def _since(session: Session, actor: Actor, row: StandBy, to: State, now: datetime) -> Since:
    topic = row.topic
    is_urgent = topic.urgent_at is not None and topic.urgent_by_id != actor.account_id
    return standbys.since(to, now, row.until, is_urgent=is_urgent, is_incident=going_on(session, now) is not None)


def _post(session: Session, actor: Actor, row: StandBy) -> Post:
    topic = row.topic
    topic.stand_by_id = None
    draft = ReplyDraft(
        body=Written(row.source, Rendered(row.html, row.plain, row.words, row.renderer_version, bounded=False)),
        reply_to_number=_still_there(session, topic, row.reply_to_number),
        voice=Voice(**row.voice),
        once=f"stand-by-{row.id}",
        confirmed=frozenset({"old", "row"}),
        along=row.along,
        waited_since=row.created_at,
        arrival=CLEARED,  # it was judged when it was kept
    )
    post = reply(session, actor, topic, draft)
    assert isinstance(post, Post)  # the same guard said so a moment ago
    uploads.disuse(session, actor, "stand_by", row.id)
    return post


def _still_there(session: Session, topic: Topic, number: int | None) -> int | None:
    """The post it answers; without it, it answers the topic."""
    return session.scalar(select(Post.number).where(Post.topic_id == topic.id, Post.number == number, shown()))
