"""What one was thanked for: nobody else reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.permissions import Act, Actor, require
from forum.posts.models import Post, Topic
from forum.posts.queries import visible
from forum.recognition.models import Recognition, ThankYou, ThankYouMessage

PER_PAGE = 30


@dataclass(frozen=True)
class Received:
    """Recognitions of one's own, the latest first, and a page of thanks."""

    recognitions: Sequence[Recognition]
    thanks: Page[ThankYou]

    @property
    def shows_any(self) -> bool:
        return any(row.is_public for row in self.recognitions)


def received(session: Session, actor: Actor, page: int = 1) -> Received:
    """All of the actor's own. Thanks for posts that are gone from view went with them."""
    recognitions = session.scalars(
        select(Recognition)
        .join(Recognition.post)
        .join(Post.topic)
        .options(
            contains_eager(Recognition.post).contains_eager(Post.topic).joinedload(Topic.board),
            joinedload(Recognition.by),
            joinedload(Recognition.award),
            joinedload(Recognition.organization),
        )
        .where(Recognition.account_id == (actor.account_id or 0), Recognition.withdrawn_at.is_(None))
        .order_by(Recognition.created_at.desc(), Recognition.id.desc())
    ).all()
    mine = (
        ThankYouMessage.account_id == (actor.account_id or 0),
        ThankYou.recognition_id.is_(None),
        visible.posts(actor),
    )
    joined = select(ThankYou).join(ThankYou.message).join(ThankYou.post).join(Post.topic).where(*mine)
    pages = pages_for(session.scalar(select(func.count()).select_from(joined.subquery())) or 0, PER_PAGE)
    if not 1 <= page <= pages:
        raise NotFound
    rows = session.scalars(
        joined.options(contains_eager(ThankYou.post).contains_eager(Post.topic), joinedload(ThankYou.by))
        .order_by(ThankYou.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    return Received(recognitions, Page(rows, page, pages))


def own_recognition(session: Session, actor: Actor, recognition_id: int) -> Recognition:
    """One of the actor's own; NotFound for everybody else's."""
    row = session.get(Recognition, recognition_id)
    if row is None or row.account_id != actor.account_id:
        raise NotFound
    require(actor, Act.ANSWER_RECOGNITION, row)
    return row
