"""The verbs of scheduled topics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.boards.answers import Answers, typed_fields
from forum.boards.kinds import kind
from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import ForumError, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.drafts import actions as drafts
from forum.drafts.sequence import Attempt
from forum.drafts.words import Words
from forum.holds.models import HeldPost
from forum.organization.voices import checked_voice, moderates
from forum.permissions import Act, Actor, allows, require
from forum.posts import actions as posts
from forum.posts import companions
from forum.posts.actions.judging import WORDS
from forum.posts.actions.keeping import keeper_in
from forum.posts.actions.starting import chosen_tags, enough_tags
from forum.posts.drafts import TopicDraft, Written
from forum.posts.limits import checked_title
from forum.posts.models import Post
from forum.posts.unpublished import topic_draft, write_down
from forum.scheduling.events import (
    ScheduledTopicCancelled,
    ScheduledTopicHeld,
    ScheduledTopicPublished,
    ScheduledTopicRefused,
    TopicScheduled,
)
from forum.scheduling.models import ScheduledTopic
from forum.scheduling.queries import DRAFTS
from forum.uploads import actions as uploads
from forum.uploads.addresses import tokens_in

KEY = "later"
MOST = 50
LONGEST = timedelta(days=366)
PLACE = "/scheduled"
USES = "scheduled"


def schedule(session: Session, actor: Actor, board: Board, draft: TopicDraft, answered: Mapping[str, Any]) -> str:
    """Keep `draft` until its time; says where its author finds it. The same `once` is kept once."""
    require(actor, Act.START_TOPIC, board)
    if draft.once and session.scalar(_mine(actor).where(ScheduledTopic.once == draft.once)) is not None:
        return PLACE
    if (session.scalar(select(func.count()).select_from(_mine(actor).subquery())) or 0) >= MOST:
        raise Invalid(_("You have %(n)s topics waiting: that is all there is room for.", n=MOST), "later-publish_at")
    row = ScheduledTopic(
        author_id=actor.account_id,
        board_id=board.id,
        board=board,
        created_at=clock.now(),
        once=draft.once or None,
    )
    _write(session, actor, row, draft, answered)
    session.add(row)
    session.flush()
    _keep_files(session, actor, row)
    emit(session, TopicScheduled(row.id, row.author_id))
    return PLACE


def reschedule(
    session: Session, actor: Actor, row: ScheduledTopic, draft: TopicDraft, answered: Mapping[str, Any]
) -> None:
    """Write it anew or give it another time (`row` locked, with board). One that was refused waits again."""
    require(actor, Act.KEEP_SCHEDULED, row)
    require(actor, Act.START_TOPIC, row.board)
    _write(session, actor, row, draft, answered)
    row.refused_at, row.refusal = None, ""
    session.flush()
    _keep_files(session, actor, row)
    emit(session, TopicScheduled(row.id, row.author_id))


def cancel(session: Session, actor: Actor, row: ScheduledTopic) -> None:
    """Take it back for good."""
    require(actor, Act.KEEP_SCHEDULED, row)
    uploads.disuse(session, actor, USES, row.id)
    session.delete(row)
    emit(session, ScheduledTopicCancelled(row.id, row.author_id))


def publish(session: Session, actor: Actor, row: ScheduledTopic, body: Written, *, by_hand: bool) -> Post | HeldPost:
    """Start the topic now, as its author (`row` locked, with board; `body`: its source, rendered). What the verb
    refuses is refused here; where it holds the topic, a moderator looks first."""
    require(actor, Act.KEEP_SCHEDULED, row)
    confirmed = frozenset() if by_hand else frozenset({WORDS})  # nobody is there to be asked
    made = posts.start_topic(
        session, actor, row.board, topic_draft(row, body, once=f"scheduled-{row.id}", confirmed=confirmed)
    )
    uploads.disuse(session, actor, USES, row.id)
    session.delete(row)
    if isinstance(made, HeldPost):
        emit(session, ScheduledTopicHeld(row.id, row.author_id, made.id, by_hand))
        return made
    # An edit that was interrupted goes on as an edit of the topic.
    drafts.move(session, actor, (DRAFTS, row.id), ("edit", made.id), {"base": ["0"]})
    emit(session, ScheduledTopicPublished(row.id, row.author_id, made.id, by_hand))
    return made


def give_back(session: Session, actor: Actor, row: ScheduledTopic, author: Actor, reason: str) -> None:
    """Its time came and it was refused (`row` locked, with board): it becomes a draft of its author, for the house. One
    who has begun another topic there keeps both: then it waits where it was, with the reason."""
    require(actor, Act.KEEP_TIME)
    row.refused_at, row.refusal = clock.now(), reason[:500]
    is_draft = _becomes_draft(session, row, author)
    emit(session, ScheduledTopicRefused(row.id, row.author_id, is_draft))
    if is_draft:
        uploads.disuse(session, author, USES, row.id)
        session.delete(row)


def _becomes_draft(session: Session, row: ScheduledTopic, author: Actor) -> bool:
    try:
        drafts.keep(session, author, "topic", row.board_id, _words(row, author), Attempt(""))
    except ForumError:
        return False
    return True


def _words(row: ScheduledTopic, author: Actor) -> Words:
    """The topic as its author would fill in the form again, without a time."""
    answers = Answers(row.fields, row.starts_at, row.wants_org, row.ends_at)
    is_personal = row.voice.get("capacity") == "personal"
    typed = {
        **typed_fields(kind(row.board.kind), answers),
        **companions.typed(row.along, author.time_zone or "UTC"),
        "intent": row.voice.get("intent", ""),
        "speaking": "personal" if is_personal else row.voice.get("role", ""),
    }
    rest = {name: [text] for name, text in typed.items() if text}
    return Words(row.title, row.source, rest | ({"tags": list(row.tags)} if row.tags else {}))


def _keep_files(session: Session, actor: Actor, row: ScheduledTopic) -> None:
    """What its words show must not be forgotten while it waits."""
    uploads.disuse(session, actor, USES, row.id)
    if allows(actor, Act.UPLOAD):
        uploads.use(session, actor, USES, row.id, tokens_in(row.source), {})


def _mine(actor: Actor) -> Any:
    return select(ScheduledTopic.id).where(ScheduledTopic.author_id == actor.account_id)


def _write(session: Session, actor: Actor, row: ScheduledTopic, draft: TopicDraft, answered: Mapping[str, Any]) -> None:
    publish_at = datetime.fromisoformat(answered["publish_at"])
    if not clock.now() < publish_at <= clock.now() + LONGEST:
        raise Invalid(_("Choose a time in the future, within a year."), "later-publish_at")
    if draft.grounds.notice:
        raise Invalid(_("A notice of safety, security or law does not wait: publish it now."), "later-publish_at")
    looks_after = moderates(actor, row.board_id)
    checked_voice(draft.voice, actor.belonging, row.board_id, begins=True, moderates=looks_after)
    with session.no_autoflush:
        enough_tags(session, row.board, len(chosen_tags(session, actor, draft.tags)))
        keeper_in(session, row.board, draft.fields)
    row.publish_at = publish_at
    along = {key: what for key, what in draft.along.items() if key != KEY}
    write_down(row, replace(draft, title=checked_title(draft.title)), along)
