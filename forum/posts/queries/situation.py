"""A topic as the guard sees it. What is *countable* is said in `countable.py`, what was promised in `promised.py`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from forum.organization import duties
from forum.organization.charter import Kind
from forum.organization.intents import SOFT, Intent
from forum.organization.promises import Outcome
from forum.organization.queries import state
from forum.organization.queries.chartering import REMEMBERED, charter_history, on_board
from forum.organization.situation import LastPost, Purpose, Situation, TopicFacts, Writer
from forum.organization.versions import History
from forum.organization.windows import EXTENSION, LONGEST, Asked
from forum.permissions import Actor
from forum.posts.countable import stands
from forum.posts.models import Post, Topic
from forum.posts.queries import promised

LATELY = timedelta(hours=2)


class Said(NamedTuple):
    """A post of the topic, as far as the guard looks at it."""

    id: int
    number: int
    at: datetime
    author_id: int | None
    kind: str
    intent: str
    deleted_at: datetime | None
    deleted_by_id: int | None

    @property
    def counts(self) -> bool:
        """Hidden ones are not asked for."""
        stood = stands(self.at, self.author_id, self.deleted_at, self.deleted_by_id, None)
        return self.intent != Intent.MODERATE and stood

    @property
    def is_organizations(self) -> bool:
        return self.kind != ""

    @property
    def is_substantive(self) -> bool:
        return self.intent not in set(SOFT)


def topic_facts(
    session: Session, topic: Topic, actor: Actor, history: History, now: datetime, *, leaving_out: int | None = None
) -> TopicFacts:
    """What the guard is told of a topic when `actor` writes in it: one question, one more while a window may be open.
    `leaving_out`: a post that is to be judged anew."""
    posts = [said for said in _said(session, topic) if said.id != leaving_out]
    opening = next((said for said in posts if said.number == 1), None)
    by_peer = opening is None or not opening.is_organizations
    counted = [said for said in posts if said.counts]
    replies = [said for said in counted if said.number > 1]
    others = [said for said in replies if said.author_id != topic.author_id]
    has_human_reply = any(said.kind != "bot" for said in others)
    may_matter = now - topic.created_at <= LONGEST + EXTENSION or not has_human_reply
    by_newcomer = by_peer and may_matter and _is_first(session, topic)
    held = history.at(topic.created_at)
    promises = (held.commitments, held.service)
    return TopicFacts(
        asked=_asked(topic, others, duties.silence_ends(topic.created_at, *promises), by_newcomer=by_newcomer),
        by_peer=by_peer,
        wants_organization=topic.wants_org,
        # Who marked it does not profit from it.
        is_urgent=topic.urgent_at is not None and topic.urgent_by_id != actor.account_id,
        is_merged_away=topic.duplicate_of_id is not None,
        replies=len(replies),
        our_replies=sum(said.is_organizations for said in replies),
        peer_authors=len({said.author_id for said in counted if not said.is_organizations}),
        recent_peer_posts=sum(not said.is_organizations and now - said.at <= LATELY for said in counted),
        last=_last(counted, actor),
        colleague_at=_colleague_at(replies, actor),
        our_thanks=sum(said.is_organizations and said.intent == Intent.THANK for said in replies),
        is_due=by_peer
        and not has_human_reply
        and duties.is_due(topic.created_at, *promises, by_newcomer=by_newcomer, now=now),
        has_human_reply=has_human_reply,
        is_slot=topic.has_open_slot(now),
        is_writers_seed=topic.is_seed and topic.author_id == actor.account_id,
    )


def has_duty(session: Session, topic: Topic, actor: Actor, now: datetime) -> bool:
    """Whether the organization owes an answer there, or somebody said that nobody should wait."""
    facts = topic_facts(session, topic, actor, charter_history(session, now, REMEMBERED), now)
    asked = facts.wants_organization and not facts.our_replies
    return facts.is_due or facts.is_urgent or asked


def turn_ends_at(session: Session, topic: Topic, actor: Actor, now: datetime) -> datetime | None:
    """Until when members have the first word in a topic (with its board); None where that is not so. Five questions,
    and none where its age or its board says already that no window runs."""
    may_run = topic.board.is_peer_first(now) or topic.first_word_until is not None
    if not may_run or now - topic.created_at > LONGEST + EXTENSION:
        return None
    history = charter_history(session, now, REMEMBERED)
    board = state.board_state(session, topic.board, now, charter=on_board(history.at(now), topic.board.id, now))
    facts = topic_facts(session, topic, actor, history, now)
    return Situation(Writer(True), facts, board, Purpose(Intent.ANSWER), now).window_end


def overdue(session: Session, board_id: int, history: History, now: datetime) -> int:
    """How many topics of peers on a board wait longer for a human reply than was promised."""
    silences = promised.items(
        session, history, now, [Topic.board_id == board_id], only_open=True, kinds=(Kind.NO_SILENCE,)
    )
    return sum(item.promise.outcome(now) is Outcome.MISSED for item in silences)


def seeded_at(session: Session, board_id: int, *, leaving_out: int | None = None) -> datetime | None:
    """When the organization last began a conversation on purpose on a board."""
    there = (Topic.board_id == board_id, Topic.is_seed, Topic.deleted_at.is_(None))
    others = (*there, Topic.id.is_distinct_from(leaving_out))
    return session.scalar(select(Topic.created_at).where(*others).order_by(Topic.created_at.desc()).limit(1))


def peer_replied_since(session: Session, topic: Topic, since: datetime) -> int | None:
    """The first substantive reply of another member after an instant, by its id."""
    return session.scalar(
        select(Post.id)
        .where(
            Post.topic_id == topic.id,
            Post.number > 1,
            Post.created_at > since,
            Post.action == "",
            Post.affiliation_kind == "",
            Post.deleted_at.is_(None),
            Post.hidden_at.is_(None),
            Post.author_id.is_distinct_from(topic.author_id),
        )
        .order_by(Post.number)
        .limit(1)
    )


def _said(session: Session, topic: Topic) -> Sequence[Said]:
    rows = session.execute(
        select(
            Post.id,
            Post.number,
            Post.created_at,
            Post.author_id,
            Post.affiliation_kind,
            Post.intent,
            Post.deleted_at,
            Post.deleted_by_id,
        )
        .where(Post.topic_id == topic.id, Post.action == "", Post.hidden_at.is_(None))
        .order_by(Post.number)
    )
    return [Said(*row) for row in rows]


def _is_first(session: Session, topic: Topic) -> bool:
    """Whether its author had written nothing here before."""
    if topic.author_id is None:
        return False
    earlier = (Post.author_id == topic.author_id, Post.created_at < topic.created_at, Post.action == "")
    return not session.scalar(select(exists().where(*earlier)))


def _asked(topic: Topic, others: Sequence[Said], promised_by: datetime | None, *, by_newcomer: bool) -> Asked:
    return Asked(
        at=topic.created_at,
        by_newcomer=by_newcomer,
        answered_at=next((said.at for said in others if not said.is_organizations and said.is_substantive), None),
        waived_at=topic.waived_at,
        taken_at=topic.taken_at,
        promised_by=promised_by,
        kept_until=topic.first_word_until,
    )


def _last(counted: Sequence[Said], actor: Actor) -> LastPost | None:
    if not counted:
        return None
    said = counted[-1]
    return LastPost(said.at, said.is_organizations, said.author_id == actor.account_id)


def _colleague_at(replies: Sequence[Said], actor: Actor) -> datetime | None:
    theirs = [said.at for said in replies if said.is_organizations and said.author_id != actor.account_id]
    return max(theirs, default=None)
