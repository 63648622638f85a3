"""Who could answer a question: whose replies on its tags were accepted lately, and who may be asked at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from forum.accounts.ignoring import ignores
from forum.accounts.models import Account, GroupMember
from forum.accounts.sanctioned import is_held_back
from forum.boards.models import BoardRight
from forum.core import clock
from forum.core.errors import NotFound
from forum.permissions import Actor, Group, Right
from forum.posts.models import Post, Topic, TopicTag
from forum.posts.outcome_models import Invitation
from forum.posts.queries import visible
from forum.posts.standing import shown
from forum.site import queries as sites
from forum.site.settings import duration

LATELY = timedelta(days=180)
SUGGESTED = 3
LATEST = 50


@dataclass(frozen=True)
class Suggestion:
    """Somebody to ask, and how many of their replies on these tags were accepted lately."""

    person: Account
    accepted: int


def may_reply_here(board_id: int) -> ColumnElement[bool]:
    """Accounts that can reply on a board now: in good standing, and in a group that may see it and one that may."""
    able = and_(
        Account.confirmed_at.is_not(None),
        ~is_held_back(Account.id, clock.now(), "reply"),
        Account.deactivated_at.is_(None),
        Account.placeholder_since.is_(None),
    )
    return and_(able, _has(Right.SEE, board_id), _has(Right.REPLY, board_id))


def _has(right: Right, board_id: int) -> ColumnElement[bool]:
    given = (BoardRight.board_id == board_id, BoardRight.right == str(right))
    theirs = select(GroupMember.group_id).where(GroupMember.account_id == Account.id).correlate(Account)
    implied = BoardRight.group_id.in_([int(Group.EVERYONE), int(Group.MEMBERS)])
    return exists().where(*given, or_(implied, BoardRight.group_id.in_(theirs)))


def suggestions(session: Session, actor: Actor, topic: Topic) -> Sequence[Suggestion]:
    """Up to three people who may be asked this now, nobody who ignores the reader or whom the reader ignores. Without
    tags: by what was accepted on its board."""
    now = clock.now()
    tags = select(TopicTag.tag_id).where(TopicTag.topic_id == topic.id)
    tagged = Topic.id.in_(select(TopicTag.topic_id).where(TopicTag.tag_id.in_(tags)))
    rest = duration(sites.settings(session), "asked_rest")
    has_tags = session.scalar(select(tags.exists()))
    count = func.count()
    asked_here = exists().where(Invitation.account_id == Account.id, Invitation.topic_id == topic.id)
    busy = or_(asked_here, Account.asked_at.is_not(None) & (Account.asked_at > now - rest))
    here = exists().where(Post.topic_id == topic.id, Post.author_id == Account.id).correlate(Account)
    found = session.execute(
        select(Account, count)
        .join(Post, Post.author_id == Account.id)
        .join(Topic, Topic.accepted_post_id == Post.id)
        .where(
            Topic.accepted_at > now - LATELY,
            tagged if has_tags else Topic.board_id == topic.board_id,
            visible.listed(actor),
            shown(),
            Account.may_be_asked,
            Account.id.not_in({actor.account_id or 0, topic.author_id or 0, *actor.ignored}),
            ~ignores(actor.account_id, now),
            may_reply_here(topic.board_id),
            ~busy,
            ~here,
        )
        .group_by(Account.id)
        .order_by(count.desc(), func.max(Topic.accepted_at).desc(), Account.id)
        .limit(SUGGESTED)
    )
    return [Suggestion(person, number) for person, number in found]


@dataclass(frozen=True)
class Sent:
    """Somebody whom the actor asked to answer a question, and what became of it."""

    invitation: Invitation
    person: Account
    topic: Topic


def sent(session: Session, actor: Actor, since: datetime) -> Sequence[Sent]:
    """Those since an instant whose question the actor may still see: those that wait first, then the latest."""
    rows = session.execute(
        select(Invitation, Account, Topic)
        .join(Account, Account.id == Invitation.account_id)
        .join(Topic, Topic.id == Invitation.topic_id)
        .where(Invitation.by_id == (actor.account_id or 0), Invitation.created_at > since, visible.listed(actor))
        .order_by(Invitation.state != "open", Invitation.created_at.desc(), Invitation.id.desc())
        .limit(LATEST)
    )
    return [Sent(invitation, person, topic) for invitation, person, topic in rows]


def own_invitation(session: Session, actor: Actor, topic: Topic) -> Invitation:
    """The reader's invitation to answer a question, locked; NotFound where there never was one."""
    mine = (Invitation.topic_id == topic.id, Invitation.account_id == actor.account_id)
    found = session.scalars(select(Invitation).where(*mine).with_for_update()).first()
    if found is None:
        raise NotFound
    return found
