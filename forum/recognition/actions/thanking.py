"""Thanking as somebody of an organization: a reaction like everybody's, and a private note."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core.errors import Conflict
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts import actions as posts
from forum.posts.limits import THANKS
from forum.posts.models import Post
from forum.recognition.actions.gathering import gather
from forum.recognition.words import checked_note


def thank(session: Session, actor: Actor, post: Post, note: str) -> None:
    """Thank below a post, and write to its author why: nobody else reads that. `post` with topic and board."""
    require(actor, Act.THANK, post)
    line = checked_note(note)
    posts.react(session, actor, post, THANKS)
    if not gather(session, post, actor.account_id or 0, note=line):
        raise Conflict(_("Nobody reads this account now: a note would reach nobody. The reaction thanks all the same."))
