"""Recognitions that may be shown, because their members said yes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.queries import visible
from forum.posts.tallies import shown
from forum.recognition.eligibility import may_be_listed
from forum.recognition.models import Recognition

PER_PAGE = 30
ON_A_PROFILE = 10


def public_recognitions(session: Session, actor: Actor, page: int = 1) -> Page[Recognition]:
    """The latest first, for posts that the actor may read. Nobody is counted."""
    asked = _shown(actor)
    pages = pages_for(session.scalar(select(func.count()).select_from(asked.subquery())) or 0, PER_PAGE)
    if not 1 <= page <= pages:
        raise NotFound
    rows = session.scalars(_told(asked).limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return Page(rows, page, pages)


def profile_recognitions(session: Session, actor: Actor, account: Account) -> Sequence[Recognition]:
    """Those of one member."""
    return session.scalars(_told(_shown(actor).where(Recognition.account_id == account.id)).limit(ON_A_PROFILE)).all()


def _shown(actor: Actor) -> Select[Recognition]:
    return (
        select(Recognition)
        .join(Recognition.post)
        .join(Post.topic)
        .join(Account, Account.id == Recognition.account_id)
        .where(
            Recognition.is_public.is_(True),
            Recognition.withdrawn_at.is_(None),
            may_be_listed(clock.now()),
            visible.posts(actor),
            shown(),
            Topic.deleted_at.is_(None),
        )
    )


def _told(asked: Select[Recognition]) -> Select[Recognition]:
    return asked.options(
        contains_eager(Recognition.post).contains_eager(Post.topic).joinedload(Topic.board),
        joinedload(Recognition.account),
        joinedload(Recognition.by),
        joinedload(Recognition.award),
        joinedload(Recognition.organization),
    ).order_by(Recognition.created_at.desc(), Recognition.id.desc())
