"""Whether somebody has just answered what they are about to flag, and when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from forum.conversations.models import Message, Seat
from forum.permissions import Actor
from forum.posts.models import Post


def answered_post(session: Session, actor: Actor, post: Post, since: datetime) -> datetime | None:
    """When the actor last answered a post after `since`: as a reply to it, below it to nobody in particular, or with
    its words."""
    below = and_(Post.reply_to_number.is_(None), Post.number > post.number)
    answers = or_(Post.reply_to_number == post.number, below, Post.source.contains(f"/p/{post.id})", autoescape=True))
    mine = (Post.author_id == actor.account_id, Post.action == "", Post.created_at > since)
    return session.scalar(select(func.max(Post.created_at)).where(*mine, Post.topic_id == post.topic_id, answers))


def answered_member(session: Session, actor: Actor, account_id: int, since: datetime) -> datetime | None:
    """When the actor last answered a post of that member after `since`, or wrote to them."""
    theirs = aliased(Post)
    reply = select(func.max(Post.created_at)).join(
        theirs,
        and_(
            theirs.topic_id == Post.topic_id,
            theirs.number == func.coalesce(Post.reply_to_number, 1),
            theirs.author_id == account_id,
        ),
    )
    said = session.scalar(
        reply.where(Post.author_id == actor.account_id, Post.action == "", Post.number > 1, Post.created_at > since)
    )
    wrote = session.scalar(
        select(func.max(Message.created_at))
        .join(Seat, Seat.conversation_id == Message.conversation_id)
        .where(
            Message.author_id == actor.account_id,
            Message.action == "",
            Message.created_at > since,
            Seat.account_id == account_id,
        )
    )
    return max((at for at in (said, wrote) if at is not None), default=None)
