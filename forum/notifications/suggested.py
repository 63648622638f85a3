"""What members suggest, told to the author of the post; what becomes of it, to whoever suggested it. Only to those who
may still read it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.notifications import actions
from forum.notifications.drafts import News, today
from forum.posts.models import Post
from forum.suggestions.events import EditSuggested, SuggestionAccepted, SuggestionDeclined, SuggestionReopened
from forum.suggestions.models import Suggestion


def tell_author(session: Session, event: EditSuggested) -> None:
    """Whose post it is."""
    row = _row(session, event.suggestion_id)
    _tell(session, row, "suggestion", row.author_id, row.post.author_id, row.reason)


def tell_accepted(session: Session, event: SuggestionAccepted) -> None:
    """Who suggested it."""
    row = _row(session, event.suggestion_id)
    _tell(session, row, "suggestion_taken", event.by_id, row.author_id)


def tell_declined(session: Session, event: SuggestionDeclined) -> None:
    """Who suggested it, with what was said to them."""
    row = _row(session, event.suggestion_id)
    _tell(session, row, "suggestion_declined", event.by_id, row.author_id, row.answer)


def tell_reopened(session: Session, event: SuggestionReopened) -> None:
    """Who suggested it."""
    row = _row(session, event.suggestion_id)
    _tell(session, row, "suggestion_reopened", event.by_id, row.author_id)


def _tell(session: Session, row: Suggestion, kind: str, by: int | None, whom: int | None, reason: str = "") -> None:
    if whom is None or whom == by:
        return
    topic, about = row.post.topic, f"{kind}:{row.id}:{today()}"
    news = News(kind, about=about, by=by, title=topic.title, url=f"/suggestions/{row.id}", reason=reason)
    readers = select(Account.id).where(Account.id == whom, boards.seen_by(topic.board_id))
    actions.notify(session, news, list(session.scalars(readers)))


def _row(session: Session, suggestion_id: int) -> Suggestion:
    wanted = select(Suggestion).join(Suggestion.post).join(Post.topic)
    wanted = wanted.options(contains_eager(Suggestion.post).contains_eager(Post.topic))
    return session.scalars(wanted.where(Suggestion.id == suggestion_id)).one()
