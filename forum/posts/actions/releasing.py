"""What moderators decide about held words, and the exact opposite of each decision."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.core.errors import AcceptFirst, Conflict, Invalid, Refused, Sanctioned
from forum.core.events import emit
from forum.core.markup import Rendered
from forum.core.words import gettext as _
from forum.holds.events import HeldRejected, HeldReleased, RejectionUndone, ReleaseUndone
from forum.holds.models import HeldPost
from forum.organization.overriding import Grounds
from forum.organization.voices import Voice
from forum.permissions import Act, Actor, is_peer, require
from forum.posts.actions.concerning import held_concerns_host, note_post
from forum.posts.actions.deleting import bring_back, take_away
from forum.posts.actions.holding import USES, close, open_again
from forum.posts.actions.replying import reply
from forum.posts.actions.starting import start_topic
from forum.posts.authors import actor_of
from forum.posts.drafts import CLEARED, ReplyDraft, Written
from forum.posts.events import PostRestored, PostTaken
from forum.posts.limits import checked_reason
from forum.posts.models import Post, Topic
from forum.posts.powers import ALONE, Concerned, Ground, check_powers
from forum.posts.queries.finding import any_post_for_update
from forum.posts.tallies import shown
from forum.posts.unpublished import topic_draft
from forum.uploads import actions as uploads

LONGEST_WHY = 500


def release(session: Session, actor: Actor, row: HeldPost, ground: Ground = ALONE) -> Post:
    """Let held words through (`row` locked, with board; the topic that they answer, too): the verb that publishes is
    run as their author, with the rights that they have now; the rules of holding and the pace were asked when they
    were written. What was let through before, and taken away again, is brought back."""
    require(actor, Act.DECIDE_HELD, row)
    _check_powers(session, actor, row, ground)
    _check_open(row)
    post = _brought_back(session, actor, row.post_id) if row.post_id is not None else _as_author(session, row)
    row.post_id = post.id
    close(session, actor, row, "released")
    emit(session, HeldReleased(row.id, post.id, actor.account_id or 0))
    return post


def undo_release(session: Session, actor: Actor, row: HeldPost, ground: Ground = ALONE) -> None:
    """Take the post away again (`row` locked, with board): the words wait as before."""
    require(actor, Act.DECIDE_HELD, row)
    _check_powers(session, actor, row, ground)
    if row.state != "released" or row.post_id is None:
        raise Conflict(_("These words were not let through."))
    post = _there(session, row.post_id)
    if post.deleted_at is None:
        take_away(session, actor, post)
        emit(session, PostTaken(post.id, actor.account_id or 0))
    open_again(session, row)
    emit(session, ReleaseUndone(row.id, post.id, actor.account_id or 0))


def reject(session: Session, actor: Actor, row: HeldPost, why: str = "", ground: Ground = ALONE) -> None:
    """Do not let them through (`row` locked, with board); their author reads `why`, and still finds the text."""
    require(actor, Act.DECIDE_HELD, row)
    _check_powers(session, actor, row, ground)
    _check_open(row)
    close(session, actor, row, "rejected", checked_reason(why, LONGEST_WHY))
    emit(session, HeldRejected(row.id, actor.account_id or 0))


def undo_rejection(session: Session, actor: Actor, row: HeldPost, ground: Ground = ALONE) -> None:
    """They wait again (`row` locked, with board)."""
    require(actor, Act.DECIDE_HELD, row)
    _check_powers(session, actor, row, ground)
    if row.state != "rejected":
        raise Conflict(_("These words were not turned down."))
    open_again(session, row)
    emit(session, RejectionUndone(row.id, actor.account_id or 0))


def _as_author(session: Session, row: HeldPost) -> Post:
    """Published; Invalid, in words for whoever decides, where its author may not write there now."""
    try:
        return _published(session, row)
    except (Sanctioned, AcceptFirst) as error:
        raise Invalid(
            _("Its author may not post here at present. Let it wait until they may again, or do not post it.")
        ) from error
    except Refused as error:
        raise Invalid(
            _("Its author has no right to post there, or nothing can be posted there any more. Do not post it.")
        ) from error


def _published(session: Session, row: HeldPost) -> Post:
    author = actor_of(session, row.author_id)
    body, once, grounds = _body(row), f"held-{row.id}", Grounds(**row.grounds)
    made: Any
    if row.topic_id is None:
        made = start_topic(
            session, author, row.board, topic_draft(row, body, once=once, grounds=grounds, arrival=CLEARED)
        )
    else:
        topic = session.scalars(
            select(Topic).options(joinedload(Topic.board)).where(Topic.id == row.topic_id).with_for_update(of=Topic)
        ).one()
        draft = ReplyDraft(
            body=body,
            reply_to_number=_still_there(session, row),
            voice=Voice(**row.voice),
            once=once,
            confirmed=frozenset({"old", "row"}),
            along=row.along,
            grounds=grounds,
            arrival=CLEARED,
        )
        made = reply(session, author, topic, draft)
    if not isinstance(made, Post):
        raise Invalid(_("It speaks for the organization, and should wait for members: its author has to post it."))
    if row.concerns_host:
        note_post(session, made)
    uploads.disuse(session, author, USES, row.id)
    return made


def _body(row: HeldPost) -> Written:
    return Written(row.source, Rendered(row.html, row.plain, row.words, row.renderer_version, bounded=False))


def _check_powers(session: Session, actor: Actor, row: HeldPost, ground: Ground) -> None:
    """The host's people do not decide alone about words by or about it."""
    if is_peer(actor):
        return
    judged = Concerned(row.author_id, held_concerns_host(session, row))
    check_powers(actor, judged, is_feedback=row.board.is_feedback, ground=ground)


def _still_there(session: Session, row: HeldPost) -> int | None:
    """The post that they answer; without it, they answer the topic."""
    there = (Post.topic_id == row.topic_id, Post.number == row.reply_to_number, shown())
    return session.scalar(select(Post.number).where(*there))


def _brought_back(session: Session, actor: Actor, post_id: int) -> Post:
    post = _there(session, post_id)
    if post.deleted_at is not None:
        bring_back(session, post)
        emit(session, PostRestored(post.id, actor.account_id or 0))
    return post


def _check_open(row: HeldPost) -> None:
    if not row.is_held:
        raise Conflict(_("Somebody has decided about this meanwhile, or its author took it back."))


def _there(session: Session, post_id: int) -> Post:
    post = any_post_for_update(session, post_id)
    assert post is not None, "posts are never removed from the table"
    return post
