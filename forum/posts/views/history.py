"""What a post said before, and bringing it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import NotFound
from forum.core.markup import SourceKind
from forum.core.paging import Page, pages_for
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.permissions import Act, require
from forum.posts import actions, queries
from forum.posts.addresses import number_path
from forum.posts.diff import Piece, condensed, diff
from forum.posts.forms.asking_again import tell_if_lost
from forum.posts.models import Post, Revision
from forum.posts.queries import Person
from forum.posts.views import blueprint
from forum.posts.views.asking import asked_number, asked_page
from forum.posts.views.rendering import written

PER_PAGE = 10


@dataclass(frozen=True)
class Wording:
    """One version of a post: whose, when, why, and what it changed in the one before."""

    number: int
    author: Person | None
    at: datetime
    # When the first wording was last touched up, which leaves no version (`actions.editing`).
    touched_at: datetime | None
    reason: str
    pieces: Sequence[Piece]
    title_pieces: Sequence[Piece]
    is_present: bool


@dataclass(frozen=True)
class _Text:
    number: int
    author_id: int | None
    at: datetime
    touched_at: datetime | None
    title: str
    source: str
    reason: str


def _key() -> str:
    return f"history:{identity.actor().account_id or request.remote_addr}"


@blueprint.get("/p/<int:post_id>/history")
@limiter.limit("60/minute", key_func=_key)
def history(post_id: int) -> Response:
    """The versions, latest first, each with what it changed."""
    session, actor = reading(), identity.actor()
    post = queries.post(session, actor, post_id)
    require(actor, Act.SEE_REVISIONS, post)
    latest = post.revision_count + 1
    page, pages = asked_page(), pages_for(latest, PER_PAGE)
    if page > pages:
        raise NotFound
    last = latest - (page - 1) * PER_PAGE
    texts = _texts(session, post, last - PER_PAGE, last)
    shown = [
        (texts.get(number - 1), texts[number]) for number in sorted(texts, reverse=True) if number > last - PER_PAGE
    ]
    people = queries.people(session, {text.author_id for _before, text in shown if text.author_id is not None})
    wordings = [_wording(before, text, people.get(text.author_id or 0), latest) for before, text in shown]
    return render("posts/history.html", post=post, topic=post.topic, page=Page(wordings, page, pages))


def _texts(session: Session, post: Post, first: int, last: int) -> dict[int, _Text]:
    """Number → wording, from `first` to `last`. Why a wording came stands with the one that it replaced."""
    revisions = queries.revisions(session, post, first - 1, last)
    reasons = {revision.number + 1: revision.reason for revision in revisions}
    texts = {
        rev.number: _text(
            post, rev.number, rev.author_id, rev.created_at, rev.title or "", rev.source, reasons.get(rev.number, "")
        )
        for rev in revisions
        if rev.number >= first
    }
    latest = post.revision_count + 1
    if last >= latest:
        title = post.topic.title if post.is_opening else ""
        author_id, at = post.edited_by_id or post.author_id, post.edited_at or post.created_at
        texts[latest] = _text(post, latest, author_id, at, title, post.source, reasons.get(latest, ""))
    return texts


def _text(post: Post, number: int, author_id: int | None, at: datetime, title: str, source: str, reason: str) -> _Text:
    """The first wording is as old as its post, whenever it was touched up."""
    if number > 1 or at == post.created_at:
        return _Text(number, author_id, at, None, title, source, reason)
    return _Text(number, author_id, post.created_at, at, title, source, reason)


def _wording(before: _Text | None, text: _Text, author: Person | None, latest: int) -> Wording:
    retitled = before is not None and before.title != text.title
    return Wording(
        text.number,
        author,
        text.at,
        text.touched_at,
        text.reason,
        condensed(diff(before.source if before else text.source, text.source)),
        diff(before.title, text.title) if before is not None and retitled else (),
        text.number == latest,
    )


@blueprint.post("/p/<int:post_id>/restore")
def restore(post_id: int) -> Response:
    """Bring an earlier wording back."""
    session, actor = reading(), identity.actor()
    post = queries.post(session, actor, post_id)
    require(actor, Act.RESTORE_REVISION, post)
    earlier = _revision(session, post, asked_number("number"))
    body, was = written(earlier.source, SourceKind(earlier.source_kind)), post.topic.notice
    with transaction() as session:
        post = queries.post_for_update(session, actor, post_id)
        revision = _revision(session, post, earlier.number)
        actions.restore_revision(session, actor, post, revision, body)
    flash(_("Version %(number)s is back. What stood there before is in the history.", number=earlier.number), "success")
    tell_if_lost(actor, post.topic, was)
    return see_other(number_path(post.topic, post.number))


def _revision(session: Session, post: Post, number: int | None) -> Revision:
    found = queries.revisions(session, post, number, number) if number is not None else []
    if not found:
        raise NotFound
    return found[0]
