"""What moderators do to a post, by a rule: hiding and removing it, and the exact opposites. For the decisions of
`moderation`, which tell everybody concerned; rows stay."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts import tallies
from forum.posts.actions.deleting import bring_back, keep_choice, recount_hidden, restore_choice, take_away
from forum.posts.events import PostRestored, PostTaken
from forum.posts.models import Post
from forum.posts.powers import ALONE, Ground, check_powers


def remove_post(session: Session, actor: Actor, post: Post, ground: Ground) -> None:
    """Take `post` (locked, with topic and board) away by a rule, which its stub names. The opening one takes its topic
    along."""
    require(actor, Act.REMOVE_POST, post)
    check_powers(actor, post, is_feedback=post.topic.board.is_feedback, ground=ground)
    if post.deleted_at is not None:
        raise Invalid(_("This post is not there any more."))
    take_away(session, actor, post)
    post.removal_rule = ground.rule
    emit(session, PostTaken(post.id, actor.account_id or 0))


def restore_post(session: Session, actor: Actor, post: Post, ground: Ground = ALONE) -> None:
    """Bring a removed post back, as if it had never been away."""
    require(actor, Act.RESTORE_POST, post)
    check_powers(actor, post, is_feedback=post.topic.board.is_feedback, ground=ground)
    if post.deleted_at is None:
        raise Invalid(_("This post is there."))
    bring_back(session, post)
    emit(session, PostRestored(post.id, actor.account_id or 0))


def hide_post(session: Session, actor: Actor, post: Post, ground: Ground) -> None:
    """Fold `post` (locked, with topic and board) away until somebody has looked: its author still reads it. With the
    opening one its topic leaves all lists."""
    require(actor, Act.HIDE_POST, post)
    check_powers(actor, post, is_feedback=post.topic.board.is_feedback, ground=ground)
    if post.hidden_at is not None or post.deleted_at is not None:
        raise Invalid(_("This post is not there any more."))
    topic = post.topic
    keep_choice(session, topic, post)
    post.hidden_at = clock.now()
    _follow_topic(session, post)
    if topic.deleted_at is None:
        tallies.post_hidden(session, topic, post)
    else:
        recount_hidden(session, topic, -1)
    emit(session, PostTaken(post.id, actor.account_id or 0))


def show_post(session: Session, actor: Actor, post: Post, ground: Ground = ALONE) -> None:
    """Show a hidden post again."""
    require(actor, Act.RESTORE_POST, post)
    check_powers(actor, post, is_feedback=post.topic.board.is_feedback, ground=ground)
    if post.hidden_at is None:
        raise Invalid(_("This post is there."))
    topic = post.topic
    post.hidden_at = None
    _follow_topic(session, post)
    if topic.deleted_at is None and post.deleted_at is None:
        tallies.post_shown(session, topic, post)
    else:
        recount_hidden(session, topic, +1 if post.deleted_at is None else 0)
    restore_choice(session, topic, post)
    emit(session, PostRestored(post.id, actor.account_id or 0))


def _follow_topic(session: Session, post: Post) -> None:
    if post.is_opening:
        post.topic.hidden_at = post.hidden_at
        session.flush()
        tallies.point_board(session, post.board_id)
