"""Changing words, with the earlier ones kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from forum.boards.kinds import URGENT
from forum.core import clock
from forum.core.changes import changed_characters
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Right, Trust, require
from forum.posts import companions, saying, tallies, texts
from forum.posts.actions import asking_anew, cooling, judging, publishing, purposes, standing_by
from forum.posts.actions.asking_anew import Said
from forum.posts.actions.concerning import note_concern, note_words
from forum.posts.actions.keeping import set_fields
from forum.posts.actions.publishing import limits_of
from forum.posts.actions.retagging import retag
from forum.posts.actions.waiting_turns import follow_answer
from forum.posts.addresses import slug_of
from forum.posts.drafts import EditDraft, Written
from forum.posts.events import PostEdited, TopicFieldsEdited
from forum.posts.limits import (
    Limits,
    check_calls,
    check_editing,
    check_newcomer_words,
    checked_body,
    checked_reason,
    checked_title,
)
from forum.posts.models import Post, Revision, Topic
from forum.posts.powers import check_wording
from forum.posts.saying import shown

LONGEST_REASON = 200


def edit_post(session: Session, actor: Actor, post: Post, draft: EditDraft) -> None:
    """Give `post` (locked for update, with topic and board) a new wording. Silent within five minutes and a hundred
    characters by its author; else the earlier wording becomes a revision. Raises Conflict when it changed, and
    HeldBack where it says so much else that the organization should wait."""
    require(actor, Act.EDIT_POST, post)
    _check_powers(actor, post)
    if draft.base != post.revision_count:
        raise Conflict(_("Somebody changed this post meanwhile. Your text is kept: compare the two, then save again."))
    limits = limits_of(session)
    checked_body(draft.body.source, limits)
    check_calls(draft.body.rendered.html, limits)
    if actor.trust is Trust.NEWCOMER:
        check_newcomer_words(draft.body.source, shown(draft, post.topic.board.kind), limits)
    reason = checked_reason(draft.reason, LONGEST_REASON)
    cooling.let_grow(session, actor, post, draft, clock.now())
    verdict = judging.judge_edit(session, actor, post, draft)
    repurposed = asking_anew.pass_edit(session, actor, post, draft)
    title_before, fields_before = post.topic.title, post.topic.fields
    now = clock.now()
    refitted = False
    if post.is_opening:
        changed = edit_topic(session, actor, post, draft, now)
        tidies = actor.may(Right.MODERATE, post.board_id) and post.topic.fields == fields_before
        refitted = changed and not tidies and post.author_id != actor.account_id
        companions.bring(session, actor, post, draft.along)
    judging.tell_of_edit(session, post, verdict)
    retitled = post.topic.title != title_before
    if draft.body.source == post.source and not (retitled or refitted or repurposed):
        return  # its author sets its fields and tags, who looks after the board its tags; else it leaves a trace
    silent = not retitled and not refitted and _is_silent(actor, post, post.source, draft.body.source, now, limits)
    check_pace_of_edits(session, actor, post, now)
    if not silent:
        keep_revision(session, post, title_before, reason)
    reword(session, actor, post, draft.body, now)
    if repurposed:
        purposes.take_effect(session, post, now)
    if retitled:
        texts.retitled(session, post.topic)
    emit(session, PostEdited(post.id, post.edited_by_id or 0, silent))


def restore_revision(session: Session, actor: Actor, post: Post, revision: Revision, body: Written) -> None:
    """Bring an earlier wording back (`body`: its source, rendered); the present one becomes a revision in its turn."""
    require(actor, Act.RESTORE_REVISION, post)
    _check_powers(actor, post)
    if revision.post_id != post.id or body.source != revision.source:
        raise Invalid(_("This wording belongs to another post."))
    now = clock.now()
    if not actor.may(Right.MODERATE, post.board_id):
        check_editing(None, publishing.earlier_edits(session, actor, post, now)[1], now, limits_of(session))
    former = EditDraft(body, post.revision_count, title=revision.title or None)
    verdict = judging.judge_edit(session, actor, post, former)
    repurposed = post.affiliation_kind and asking_anew.pass_edit(session, actor, post, former)
    title_before = post.topic.title
    if post.is_opening and revision.title:
        note_words(session, post, [revision.title])
        post.topic.title, post.topic.slug = revision.title, slug_of(revision.title)
    keep_revision(session, post, title_before, _("brought back wording %(n)s", n=revision.number))
    reword(session, actor, post, body, now)
    if repurposed:
        purposes.take_effect(session, post, now)
    if post.topic.title != title_before:
        texts.retitled(session, post.topic)
        fields_edited(session, actor, post.topic, now, moved=False)
    emit(session, PostEdited(post.id, post.edited_by_id or 0, False))
    judging.tell_of_edit(session, post, verdict)


def _check_powers(actor: Actor, post: Post) -> None:
    """Whoever moderates changes no words about their own organization; a wiki is everybody's."""
    if not post.is_wiki:
        check_wording(actor, post, is_feedback=post.topic.board.is_feedback)


def reword_beside(session: Session, actor: Actor, post: Post, said: Said, reason: str) -> None:
    """Words that stand beside the text, a poll's, become others (`post` locked, with topic and board): asked as an edit
    of the text is, and "edited" says so where an edit of the text would."""
    asking_anew.pass_beside(session, actor, post, said)
    now, before, after = clock.now(), *("\n".join(words.values()) for words in (said.stands, said.would))
    if _is_silent(actor, post, before, after, now, limits_of(session)):
        return
    keep_revision(session, post, post.topic.title, reason)
    _leave_trace(session, post, now, actor.account_id)
    session.flush()


def _is_silent(actor: Actor, post: Post, before: str, after: str, now: datetime, limits: Limits) -> bool:
    return (
        post.author_id == actor.account_id
        and now - post.created_at <= limits.silent_for
        and changed_characters(before, after, limits.silent_characters) <= limits.silent_characters
    )


def keep_revision(session: Session, post: Post, title: str, reason: str) -> None:
    """What the post says now becomes a revision."""
    post.revision_count += 1
    session.add(
        Revision(
            post_id=post.id,
            number=post.revision_count,
            author_id=post.edited_by_id or post.author_id,
            created_at=post.edited_at or post.created_at,
            title=title if post.is_opening else None,
            source=post.source,
            source_kind=post.source_kind,
            reason=reason,
        )
    )


def reword(
    session: Session, actor: Actor, post: Post, body: Written, now: datetime, author_id: int | None = None
) -> None:
    """The post says this from now on. `author_id`: whose words these are, where they are not the actor's."""
    post.source, post.source_kind = body.source, str(body.kind)
    post.html, post.plain, post.words = body.rendered.html, body.rendered.plain, body.rendered.words
    post.renderer_version = body.rendered.version
    _leave_trace(session, post, now, author_id or actor.account_id)
    session.flush()
    texts.keep(session, post.topic, post, body)
    note_concern(session, post, body)
    publishing.use_uploads(session, actor, post)


def _leave_trace(session: Session, post: Post, now: datetime, by_id: int | None) -> None:
    post.edited_at, post.edited_by_id = now, by_id
    if post.revision_count and post.topic.deleted_at is None:
        # An edit that leaves a revision moves its topic, when it is of the last post.
        tallies.point_topic(session, post.topic)
        tallies.point_board(session, post.topic.board_id)


def edit_topic(session: Session, actor: Actor, post: Post, draft: EditDraft, now: datetime) -> bool:
    """Title, fields and tags; whether any of them is another now."""
    topic, tags = post.topic, False
    note_words(session, post, saying.words_beside(draft))
    times, said = (topic.starts_at, topic.ends_at), (topic.title, topic.fields, topic.keeper_id)
    if draft.fields is not None:
        was_urgent = str(topic.fields.get(URGENT, ""))
        set_fields(session, actor, post, judging.fields_changed(session, topic.board, draft.fields))
        if URGENT in draft.fields:  # a board that does not ask any more takes nothing back
            follow_answer(session, actor, topic, was_urgent)
        topic.starts_at = draft.starts_at
        topic.ends_at = draft.ends_at
        if post.author_id == actor.account_id and actor.belonging is None:  # for whom it opens the floor, says so
            topic.wants_org = draft.wants_org
            standing_by.look_again(session, topic)
    if draft.tags is not None:
        tags = retag(session, actor, topic, draft.tags)
    if draft.title is not None:
        title = checked_title(draft.title, limits_of(session))
        topic.title = judging.words_changed(session, title, topic.board_id) if title != topic.title else title
        topic.slug = slug_of(topic.title)
    moved = times != (topic.starts_at, topic.ends_at)
    changed = moved or said != (topic.title, topic.fields, topic.keeper_id)
    if changed:
        fields_edited(session, actor, topic, now, moved=moved)
    return changed or tags


def fields_edited(session: Session, actor: Actor, topic: Topic, now: datetime, *, moved: bool) -> None:
    """Title or fields are others now (`moved`: the times of an event): calendars follow the higher number."""
    topic.fields_version += 1
    topic.fields_changed_at = now
    emit(session, TopicFieldsEdited(topic.id, actor.account_id, moved))


def check_pace_of_edits(session: Session, actor: Actor, post: Post, now: datetime) -> None:
    """Raise TooSoon for what comes too quickly or too often; those who look after the board are free."""
    if not actor.may(Right.MODERATE, post.board_id):
        check_editing(*publishing.earlier_edits(session, actor, post, now), now, limits_of(session))
