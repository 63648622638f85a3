"""Words that wait for a moderator: keeping them, and what their author does with them."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import Conflict
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.holds.events import HeldForReview, HeldReworded, HeldWithdrawn, HoldSet
from forum.holds.models import HeldPost
from forum.holds.rules import Verdict
from forum.permissions import Act, Actor, Trust, require
from forum.posts.actions import judging
from forum.posts.actions.concerning import check_powers_over, note_held
from forum.posts.actions.publishing import limits_of
from forum.posts.drafts import ReplyDraft, TopicDraft
from forum.posts.limits import check_calls, check_newcomer_words, checked_body, checked_title
from forum.posts.models import Topic
from forum.posts.powers import check_powers
from forum.posts.saying import shown
from forum.posts.unpublished import write_down
from forum.uploads import actions as uploads
from forum.uploads.addresses import tokens_in

USES = "held"


def already_held(session: Session, actor: Actor, once: str) -> HeldPost | None:
    """What this very form had held before: pressing twice holds once."""
    if not once:
        return None
    return session.scalars(
        select(HeldPost).where(HeldPost.author_id == actor.account_id, HeldPost.once == once)
    ).first()


def hold(
    session: Session,
    actor: Actor,
    board: Board,
    topic: Topic | None,
    draft: TopicDraft | ReplyDraft,
    verdict: Verdict,
    now: datetime,
    title: str = "",
) -> HeldPost:
    """Keep what would begin a topic on `board`, or answer in `topic`, until a moderator has looked. `title`: as it will
    stand."""
    row = HeldPost(
        author_id=actor.account_id,
        board_id=board.id,
        board=board,
        topic_id=topic.id if topic is not None else None,
        reply_to_number=draft.reply_to_number if isinstance(draft, ReplyDraft) else None,
        grounds=asdict(draft.grounds),
        once=draft.once or None,
        opened_at=now,
        state="held",
    )
    _say(row, replace(draft, title=title) if isinstance(draft, TopicDraft) and title else draft)
    _judged(row, verdict)
    session.add(row)
    session.flush()
    note_held(session, row, draft)
    uploads.use(session, actor, USES, row.id, tokens_in(row.html), {})
    emit(session, HeldForReview(row.id))
    return row


def edit_held(
    session: Session, actor: Actor, row: HeldPost, topic: Topic | None, draft: TopicDraft | ReplyDraft
) -> None:
    """Say it otherwise (`row` locked, with board; `topic`: which it answers). It stays held, judged anew."""
    require(actor, Act.KEEP_HELD, row)
    _check_held(row)
    limits = limits_of(session)
    checked_body(draft.body.source, limits)
    check_calls(draft.body.rendered.html, limits)
    if actor.trust is Trust.NEWCOMER:
        check_newcomer_words(draft.body.source, shown(draft, row.board.kind), limits)
    if isinstance(draft, TopicDraft):
        checked_title(draft.title, limits)
    now = clock.now()
    verdict = judging.judge_words(session, actor, row.board, topic, draft, now)
    _say(row, draft)
    if verdict.holds:
        _judged(row, verdict)
    row.changed_at = now
    note_held(session, row, draft)
    session.flush()
    uploads.disuse(session, actor, USES, row.id)
    uploads.use(session, actor, USES, row.id, tokens_in(row.html), {})
    emit(session, HeldReworded(row.id))


def withdraw_held(session: Session, actor: Actor, row: HeldPost) -> None:
    """Take them back (`row` locked). Their author still finds the text for a while."""
    require(actor, Act.KEEP_HELD, row)
    _check_held(row)
    close(session, actor, row, "withdrawn")
    emit(session, HeldWithdrawn(row.id))


def hold_topic(session: Session, actor: Actor, topic: Topic) -> None:
    """Have replies in a topic (locked) wait for a moderator from now on."""
    require(actor, Act.HOLD_TOPIC, topic)
    check_powers(actor, topic, is_feedback=topic.board.is_feedback)
    if topic.held_at is None:
        topic.held_at = clock.now()
        emit(session, HoldSet("topic", topic.id, actor.account_id or 0, True))


def unhold_topic(session: Session, actor: Actor, topic: Topic) -> None:
    """Let people reply at once again."""
    require(actor, Act.HOLD_TOPIC, topic)
    check_powers(actor, topic, is_feedback=topic.board.is_feedback)
    if topic.held_at is not None:
        topic.held_at = None
        emit(session, HoldSet("topic", topic.id, actor.account_id or 0, False))


def hold_member(session: Session, actor: Actor, account: Account) -> None:
    """Have whatever a member writes wait for a moderator."""
    require(actor, Act.HOLD_MEMBER, account)
    check_powers_over(session, actor, account.id)
    if account.held_at is None:
        account.held_at = clock.now()
        emit(session, HoldSet("member", account.id, actor.account_id or 0, True))


def unhold_member(session: Session, actor: Actor, account: Account) -> None:
    """Let them post at once again."""
    require(actor, Act.HOLD_MEMBER, account)
    check_powers_over(session, actor, account.id)
    if account.held_at is not None:
        account.held_at = None
        emit(session, HoldSet("member", account.id, actor.account_id or 0, False))


def close(session: Session, actor: Actor, row: HeldPost, state: str, why: str = "") -> None:
    """It waits no more. For verbs that have asked."""
    row.state, row.why = state, why
    row.closed_at, row.closed_by_id = clock.now(), actor.account_id
    session.flush()


def open_again(session: Session, row: HeldPost) -> None:
    """It waits as it did before."""
    row.state, row.why, row.closed_at, row.closed_by_id = "held", "", None, None
    session.flush()


def _say(row: HeldPost, draft: TopicDraft | ReplyDraft) -> None:
    write_down(row, draft, draft.along)
    rendered = draft.body.rendered
    row.html, row.plain = rendered.html, rendered.plain
    row.words, row.renderer_version = rendered.words, rendered.version


def _judged(row: HeldPost, verdict: Verdict) -> None:
    row.reasons = [{"rule": str(reason.rule), "about": reason.about} for reason in verdict.because(verdict.outcome)]
    row.detector = row.reasons[0]["rule"]


def _check_held(row: HeldPost) -> None:
    if not row.is_held:
        raise Conflict(_("This waits no more: look what became of it."))
    if row.post_id is not None:
        raise Conflict(_("A moderator is looking at this once more. Until then it stays as it is."))
