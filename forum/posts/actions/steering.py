"""Saying how far an idea is, and merging duplicates: by staff and moderators, each with a reason for everybody."""

from __future__ import annotations

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts import ideas, standing
from forum.posts.actions.guarding import keep_first_word
from forum.posts.actions.publishing import add_note
from forum.posts.actions.standing_by import end_with
from forum.posts.drafts import Written
from forum.posts.events import IdeasMerged, IdeaStateChanged, MergeUndone
from forum.posts.models import Post, Topic
from forum.posts.outcome_models import TOO, VOTE, Backing
from forum.posts.powers import check_powers


def change_state(session: Session, actor: Actor, topic: Topic, state: str, reason: Written) -> Post:
    """Put an idea (locked, with its board) into another state; returns the note that says why."""
    require(actor, Act.STEER_IDEA, topic)
    _check_idea(topic)
    ideas.check_change(topic.idea_state, state)
    ideas.checked_reason(reason.source)
    note = _enter(session, actor, topic, state, reason)
    emit(session, IdeaStateChanged(topic.id, note.id, actor.account_id or 0, state))
    return note


def merge_idea(session: Session, actor: Actor, topic: Topic, target: Topic, reason: Written, told: Written) -> Post:
    """Make `topic` a duplicate of `target` (both locked, lower id first, with boards): who voted for it votes for the
    target, once each. `told`: the reason as it stands in the target. Returns the note that stands in the duplicate."""
    require(actor, Act.STEER_IDEA, topic)
    require(actor, Act.STEER_IDEA, target)
    for one in (topic, target):
        check_powers(actor, one, is_feedback=one.board.is_feedback)
    _check_idea(topic)
    _check_pair(topic, target)
    ideas.checked_reason(reason.source)
    keep_first_word(session, actor, topic)
    topic.state_before, topic.duplicate_of_id = topic.idea_state, target.id
    bring_backers(session, topic, target, VOTE)
    note = _enter(session, actor, topic, ideas.DUPLICATE, reason)
    end_with(session, topic)
    add_note(session, actor, target, "idea.took_in", clock.now(), body=told)
    emit(session, IdeasMerged(topic.id, target.id, note.id, actor.account_id or 0))
    return note


def unmerge_idea(session: Session, actor: Actor, topic: Topic, target: Topic, reason: Written) -> Post:
    """Two ideas again: votes that came by merging leave the target, and the duplicate is what it was before."""
    require(actor, Act.STEER_IDEA, topic)
    require(actor, Act.STEER_IDEA, target)
    for one in (topic, target):
        check_powers(actor, one, is_feedback=one.board.is_feedback)
    if topic.idea_state != ideas.DUPLICATE or topic.duplicate_of_id != target.id:
        raise Invalid(_("These two are not merged."))
    if target.idea_state == ideas.DUPLICATE:
        raise Invalid(_("The other idea was merged into a third meanwhile. Undo that first."))
    ideas.checked_reason(reason.source)
    session.execute(delete(Backing).where(Backing.topic_id == target.id, Backing.from_topic_id == topic.id))
    topic.duplicate_of_id = None
    standing.settle(session, target, standing.BACKERS)
    note = _enter(session, actor, topic, topic.state_before or ideas.NEW, reason)
    topic.state_before = ""
    emit(session, MergeUndone(topic.id, target.id, note.id, actor.account_id or 0))
    return note


def _check_idea(topic: Topic) -> None:
    if topic.board.kind != "idea":
        raise Invalid(_("Only ideas have a state."))


def _check_pair(topic: Topic, target: Topic) -> None:
    if topic.idea_state == ideas.DUPLICATE:
        raise Invalid(_("This idea is merged already."), "target")
    if target.id == topic.id:
        raise Invalid(_("An idea is not its own duplicate."), "target")
    if target.board_id != topic.board_id:
        raise Invalid(_("An idea is merged into one of the same board."), "target")
    if target.idea_state == ideas.DUPLICATE:
        raise Invalid(_("That idea was merged into another: name that one."), "target")


def bring_backers(session: Session, topic: Topic, target: Topic, kind: str) -> None:
    """Who backs `topic` backs `target`, once each; nobody their own."""
    session.flush()
    there = select(Backing.account_id).where(Backing.topic_id == target.id, Backing.kind == kind)
    coming = select(literal(target.id), Backing.account_id, literal(kind), Backing.created_at, literal(topic.id)).where(
        Backing.topic_id == topic.id, Backing.kind == kind, Backing.account_id.not_in(there)
    )
    if kind == TOO:
        coming = coming.where(Backing.account_id != (target.author_id or 0))
    columns = ["topic_id", "account_id", "kind", "created_at", "from_topic_id"]
    session.execute(insert(Backing).from_select(columns, coming))
    standing.settle(session, target, standing.BACKERS)


def _enter(session: Session, actor: Actor, topic: Topic, state: str, reason: Written) -> Post:
    now = clock.now()
    topic.idea_state, topic.idea_state_at = state, now
    return add_note(session, actor, topic, f"idea.{state}", now, body=reason)
