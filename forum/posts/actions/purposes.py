"""What a post of the organization is for, once it says more than it did: a welcome that became an answer is one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from forum.core.errors import Invalid
from forum.core.words import gettext as _
from forum.organization.intents import SOFT, Intent
from forum.organization.voices import check_capacity, check_purpose, moderates
from forum.permissions import Actor
from forum.posts import tallies
from forum.posts.actions import standing_by
from forum.posts.models import Post


def is_asked(actor: Actor, post: Post) -> bool:
    """Whether who edits a post is asked what it is for: people of the organization, of one that took nobody's turn."""
    return actor.belonging is not None and post.affiliation_kind != "" and post.intent in SOFT


def chosen(actor: Actor, post: Post, purpose: str) -> str:
    """The purpose that was chosen in an edit, if it is asked for; Refused or Invalid for one that it cannot have."""
    if not purpose or not is_asked(actor, post):
        return ""
    if purpose == Intent.MODERATE and post.intent != Intent.MODERATE:
        raise Invalid(_("What stands here has been counted: it does not become moderation any more."), "purpose")
    check_purpose(purpose, begins=post.is_opening, moderates=moderates(actor, post.board_id))
    check_capacity(purpose, post.capacity)
    return purpose


def purpose_of_edit(actor: Actor, post: Post, purpose: str, *, judged: bool) -> str:
    """What the post is for after an edit: what was chosen; without a choice an answer, where so much is new that it is
    looked at as a new post; else what it was."""
    if found := chosen(actor, post, purpose):
        return found
    return str(Intent.ANSWER) if judged and is_asked(actor, post) else post.intent


def take_effect(session: Session, post: Post, now: datetime) -> None:
    """Count a post (with its topic, locked) whose purpose was changed as what it is now."""
    tallies.point_topic(session, post.topic)
    if post.topic.deleted_at is None:
        tallies.point_board(session, post.topic.board_id)
    standing_by.hear_reply(session, post.topic, post, now)
