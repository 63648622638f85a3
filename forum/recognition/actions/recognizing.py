"""Recognizing a member for a post, and taking that back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, allows, require
from forum.permissions.speaking import gave_it_today
from forum.posts.models import Post
from forum.recognition.actions.gathering import gather, leave_out
from forum.recognition.events import RecognitionTakenBack, Recognized
from forum.recognition.models import Award, Recognition
from forum.recognition.queries import choosing
from forum.recognition.words import checked_reason, checked_words, words_key
from forum.site.actions import note_deed


def recognize(session: Session, actor: Actor, post: Post, words: str, award: Award | None = None) -> Recognition:
    """Say for the organization what a member's post did for somebody. They are told, and asked whether it may be shown.
    `post` with topic and board. Whatever the mix is, that is not refused."""
    require(actor, Act.RECOGNIZE, post)
    belonging, now = actor.belonging, clock.now()
    assert belonging is not None, "the table asks for it"
    clean = checked_words(words)
    if award is not None and (award.organization_id != belonging.organization_id or award.retired_at is not None):
        raise Invalid(_("This award is not given any more."), "award")
    _hold(session, post)
    if refusal := choosing.refusal(session, post, now):
        raise refusal
    candidate = choosing.candidate(session, post.author_id or 0, now)
    row = Recognition(
        organization_id=belonging.organization_id,
        post=post,
        account_id=post.author_id or 0,
        by_id=actor.account_id,
        award_id=award.id if award is not None else None,
        words=clean,
        words_key=words_key(clean),
        created_at=now,
        is_not_lately=candidate.not_lately,
        is_outside_top=candidate.outside_top,
    )
    session.add(row)
    session.flush()
    gather(session, post, actor.account_id or 0, recognition=row)
    note_deed(session, actor, "organization", row.organization_id, "recognized", after={"board": post.topic.board.name})
    emit(session, Recognized(row.id, actor.account_id))
    return row


def take_back(session: Session, actor: Actor, row: Recognition, reason: str = "") -> None:
    """Whoever gave it, within a day; afterwards a Host, who says why. `row` with post and topic."""
    require(actor, Act.TAKE_RECOGNITION_BACK, row)
    line = "" if is_early(actor, row) else checked_reason(reason)
    if row.withdrawn_at is not None:
        raise Conflict(_("That was taken back already."))
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_because = clock.now(), actor.account_id, line
    session.flush()
    leave_out(session, row.post_id, None, row.id)
    told = {"board": row.post.topic.board.name, "reason": line}
    note_deed(session, actor, "organization", row.organization_id, "unrecognized", after=told)
    emit(session, RecognitionTakenBack(row.id, actor.account_id))


def _hold(session: Session, post: Post) -> None:
    """Locks whoever is recognized: two who do so at the same moment cannot both."""
    session.execute(select(Account.id).where(Account.id == post.author_id).with_for_update(key_share=True))


def is_early(actor: Actor, row: Recognition) -> bool:
    """Whether whoever gave it thinks better of it within a day: they need not say why."""
    return gave_it_today(actor, row)


def may_take_back(actor: Actor, row: Recognition) -> bool:
    """Whether the actor may, now."""
    return row.withdrawn_at is None and allows(actor, Act.TAKE_RECOGNITION_BACK, row)
