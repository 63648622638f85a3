"""Posts that everybody who may reply keeps up together."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core.events import emit
from forum.permissions import Act, Actor, require
from forum.posts.events import WikiSet
from forum.posts.models import Post
from forum.posts.powers import check_wording


def make_wiki(session: Session, actor: Actor, post: Post) -> None:
    """Let everybody who may reply edit `post` (locked), at any time."""
    require(actor, Act.MAKE_WIKI, post)
    check_wording(actor, post, is_feedback=post.topic.board.is_feedback)
    if not post.is_wiki:
        post.is_wiki = True
        emit(session, WikiSet(post.id, actor.account_id or 0, True))


def end_wiki(session: Session, actor: Actor, post: Post) -> None:
    """Make it its author's again; what others wrote stays in the history."""
    require(actor, Act.MAKE_WIKI, post)
    check_wording(actor, post, is_feedback=post.topic.board.is_feedback)
    if post.is_wiki:
        post.is_wiki = False
        emit(session, WikiSet(post.id, actor.account_id or 0, False))
