"""Where a conversation gets heated, or goes slowly, replies wait a little: the same at every door. A post of one's own
that grows by more than a correction is taken for a reply."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from forum.core.changes import added_characters
from forum.core.errors import Invalid, Sanctioned
from forum.core.words import ngettext
from forum.organization.intents import Intent
from forum.organization.voices import moderates
from forum.permissions import Act, Actor, Right, require
from forum.posts.drafts import EditDraft, ReplyDraft
from forum.posts.heat import check_heat, goes_on_at
from forum.posts.limits import SOME_TEXT, check_pace
from forum.posts.models import Post, Topic
from forum.posts.queries.heat import heat_for_reply
from forum.posts.queries.situation import has_duty


def let_cool(session: Session, actor: Actor, topic: Topic, draft: ReplyDraft, now: datetime) -> None:
    """Raise TooSoon for a member's reply that comes before its time. Whoever looks after the board never waits, nor do
    people of the organization where they owe an answer, or warn of a danger."""
    if moderates(actor, topic.board_id) or draft.voice.intent == Intent.MODERATE:
        return
    heat = heat_for_reply(session, actor, topic, draft.reply_to_number)
    if goes_on_at(heat, now) is None or _owes_it(session, actor, topic, draft, now):
        return
    check_heat(heat, now)


def let_grow(session: Session, actor: Actor, post: Post, draft: EditDraft, now: datetime) -> None:
    """An edit that adds much to a post of one's own (with topic and board) goes by what a reply goes by: the right to
    reply, slow mode, heat. Corrections are free, and so is mending what flags hid."""
    if post.author_id != actor.account_id or post.hidden_at is not None:
        return
    if added_characters(post.source, draft.body.source, SOME_TEXT) <= SOME_TEXT:
        return
    try:
        require(actor, Act.ADD_TO_POST, post)
    except Sanctioned as error:
        most = ngettext(
            "So at most %(num)s character may be added to a post.",
            "So at most %(num)s characters may be added to a post.",
            SOME_TEXT,
        )
        said = f"{error.sentence} {most}"
        raise Invalid(said, "body") from error
    keep_pace(session, actor, post.topic, now)
    let_cool(session, actor, post.topic, ReplyDraft(draft.body, post.reply_to_number, grounds=draft.grounds), now)


def _owes_it(session: Session, actor: Actor, topic: Topic, draft: ReplyDraft, now: datetime) -> bool:
    if actor.belonging is None:
        return False
    return draft.grounds.is_dangerous or has_duty(session, topic, actor, now)


def keep_pace(session: Session, actor: Actor, topic: Topic, now: datetime) -> None:
    """The slow mode of the board and of the topic, for everybody but those who look after them: staff wait as members
    do."""
    if actor.may(Right.MODERATE, topic.board_id):
        return
    slow = ((topic.board.slow_minutes, Topic.board_id == topic.board_id), (topic.slow_minutes, Topic.id == topic.id))
    for minutes, here in slow:
        if minutes:
            check_pace(_last_reply(session, actor, minutes, here, now), minutes, now)


def _last_reply(
    session: Session, actor: Actor, minutes: int, here: ColumnElement[bool], now: datetime
) -> datetime | None:
    return session.scalar(
        select(func.max(Post.created_at))
        .join(Topic, Topic.id == Post.topic_id)
        .where(
            Post.author_id == actor.account_id,
            Post.created_at > now - timedelta(minutes=minutes),
            Post.number > 1,
            Post.action == "",
            here,
        )
    )
