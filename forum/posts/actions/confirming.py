"""The organization says that an answer is right, and can take that back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid, Refused
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization import queries as organizations
from forum.permissions import Act, Actor, require
from forum.posts import standing
from forum.posts.events import AnswerConfirmed, ConfirmationWithdrawn
from forum.posts.models import Post


def confirm_answer(session: Session, actor: Actor, post: Post) -> None:
    """Say for the organization that `post` (with topic and board, locked) is right. Nobody confirms their own words."""
    require(actor, Act.CONFIRM_ANSWER, post)
    if post.topic.board.kind != "question" or post.is_opening:
        raise Invalid(_("Only an answer to a question can be confirmed."))
    if post.author_id == actor.account_id:
        raise Invalid(_("Somebody else of your organization confirms what you wrote."))
    if post.org_confirmed_at is not None:
        return
    now = clock.now()
    assert actor.account_id is not None
    if organizations.affiliation_of(session, actor.account_id, now) is None:
        raise Refused(_("Only people of the organization can speak for it."))
    post.org_confirmed_at, post.org_confirmed_by_id = now, actor.account_id
    standing.settle(session, post.topic, standing.ANSWER)
    emit(session, AnswerConfirmed(post.topic_id, post.id, actor.account_id))


def withdraw_confirmation(session: Session, actor: Actor, post: Post) -> None:
    """The organization does not say so any more; harmless where it had not."""
    require(actor, Act.CONFIRM_ANSWER, post)
    if post.org_confirmed_at is None:
        return
    post.org_confirmed_at = post.org_confirmed_by_id = None
    standing.settle(session, post.topic, standing.ANSWER)
    emit(session, ConfirmationWithdrawn(post.topic_id, post.id, actor.account_id or 0))
