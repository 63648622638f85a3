"""Answering in a topic."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.following.levels import Level
from forum.holds.models import HeldPost
from forum.permissions import Act, Actor, Trust, require
from forum.posts import companions, saying, tallies
from forum.posts.actions import guarding, holding, judging, publishing, standing_by
from forum.posts.actions.concerning import note_words
from forum.posts.actions.cooling import keep_pace, let_cool
from forum.posts.actions.inviting import mark_answered
from forum.posts.actions.reading import remember_read
from forum.posts.drafts import ReplyDraft
from forum.posts.events import ReplyPosted
from forum.posts.fingerprints import fingerprint
from forum.posts.guard_models import StandBy
from forum.posts.limits import (
    ask_before_replying,
    check_calls,
    check_newcomer_words,
    check_replying,
    checked_body,
)
from forum.posts.models import Post, Topic


def reply(session: Session, actor: Actor, topic: Topic, draft: ReplyDraft) -> Post | StandBy | HeldPost:
    """Add a reply (`topic` locked for update, with its board), or hold it where a moderator looks first. May raise
    AskFirst; the same `once` posts once. What was cleared was asked for its pace when it was written.

    One of the organization's that is to wait for members stands by: what is returned then is that. HeldBack where it
    may neither be posted nor stand by."""
    require(actor, Act.REPLY, topic)
    if (before := publishing.already_posted(session, actor, draft.once)) is not None:
        return before
    if (kept := standing_by.already_kept(session, actor, draft.once)) is not None:
        return kept
    if (held := holding.already_held(session, actor, draft.once)) is not None:
        return held
    now, limits = clock.now(), publishing.limits_of(session)
    checked_body(draft.body.source, limits)
    check_calls(draft.body.rendered.html, limits)
    if not draft.arrival.is_cleared:
        check_replying(publishing.writer_facts(session, actor, draft.body.source, now), now, limits)
        keep_pace(session, actor, topic, now)
        let_cool(session, actor, topic, draft, now)
    if actor.trust is Trust.NEWCOMER:
        check_newcomer_words(draft.body.source, draft.body.rendered.html, limits)
    if draft.reply_to_number is not None:
        _check_answered(session, topic, draft.reply_to_number)
    ask_before_replying(
        own_in_a_row=_own_in_a_row(session, actor, topic, limits.replies_in_a_row),
        last_post_at=topic.last_post_at,
        now=now,
        confirmed=draft.confirmed,
        limits=limits,
    )
    verdict = judging.judge_words(session, actor, topic.board, topic, draft, now)
    if verdict.holds:
        return holding.hold(session, actor, topic.board, topic, draft, verdict, now)
    place = guarding.as_reply(topic, draft.voice, fingerprint(draft))
    passage = guarding.pass_guard(session, actor, place, draft.grounds, draft.body.source)
    if passage.waits:
        return standing_by.keep(session, actor, topic, draft, passage, now)
    post = publishing.new_post(
        session,
        actor,
        topic,
        draft.body,
        now,
        voice=draft.voice,
        reply_to=draft.reply_to_number,
        once=draft.once,
    )
    post.waited_since = draft.waited_since
    tallies.reply_added(session, topic, post)
    remember_read(session, actor, topic.id, post.number, now, Level.TRACKING)
    note_words(session, post, saying.words_beside(draft))
    companions.bring(session, actor, post, draft.along)
    if topic.board.kind == "question":
        mark_answered(session, actor.account_id, topic)
    emit(session, ReplyPosted(post.id))
    guarding.write_down(session, passage, post)
    judging.tell_of_flags(session, post, verdict)
    standing_by.hear_reply(session, topic, post, now)
    return post


def _check_answered(session: Session, topic: Topic, number: int) -> None:
    there = session.scalar(
        select(Post.id).where(Post.topic_id == topic.id, Post.number == number, tallies.shown()).limit(1)
    )
    if there is None:
        raise Invalid(_("The post you reply to is not there any more. You can still reply to the topic."), "body")


def _own_in_a_row(session: Session, actor: Actor, topic: Topic, most: int) -> int:
    latest = session.scalars(
        select(Post.author_id)
        .where(Post.topic_id == topic.id, Post.number > 1, tallies.shown())
        .order_by(Post.number.desc())
        .limit(most)
    )
    count = 0
    for author_id in latest:
        if author_id != actor.account_id:
            break
        count += 1
    return count
