"""One thank-you message: who thanks, for what, and whether something is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.posts.models import Post, Topic
from forum.posts.tallies import shown
from forum.recognition.models import Recognition, ThankYou, ThankYouMessage


@dataclass(frozen=True)
class Letter:
    """A message to one member. `thanks` in the order in which they came."""

    message: ThankYouMessage
    thanks: Sequence[ThankYou]

    @property
    def names(self) -> list[str]:
        """Who thanks, each once."""
        return list(dict.fromkeys(one.by.shown_name for one in self.thanks))

    @property
    def asks(self) -> bool:
        """Whether the member is asked for a yes."""
        return any(one.recognition is not None and one.recognition.is_public is None for one in self.thanks)


def letter(session: Session, message_id: int) -> Letter:
    """With everybody who is named, for posts that are still there."""
    message = session.get_one(ThankYouMessage, message_id)
    rows = session.scalars(
        select(ThankYou)
        .join(ThankYou.post)
        .join(Post.topic)
        .options(
            contains_eager(ThankYou.post).contains_eager(Post.topic),
            joinedload(ThankYou.by),
            joinedload(ThankYou.recognition).joinedload(Recognition.organization),
            joinedload(ThankYou.recognition).joinedload(Recognition.award),
        )
        .where(ThankYou.message_id == message_id, shown(), Topic.deleted_at.is_(None))
        .order_by(ThankYou.id)
    )
    return Letter(message, rows.all())
