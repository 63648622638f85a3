"""One's own bookmarks: keeping a post, the list, letting go."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.bookmarks import actions, queries
from forum.bookmarks.forms import BookmarkForm
from forum.bookmarks.models import Bookmark
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, NotFound, SignInNeeded
from forum.core.web.pages import local_or, render, see_other
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts import queries as posts
from forum.posts.addresses import number_path
from forum.posts.models import Post

blueprint = Blueprint("bookmarks", __name__)


@blueprint.get("/bookmarks")
def index() -> Response:
    """All of one's own, due ones first."""
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to see your bookmarks."))
    typed = request.args.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    if page < 1:
        raise NotFound
    found = queries.bookmarks(reading(), actor, request.args.get("q", "")[:200].strip(), page)
    return render("bookmarks/index.html", found=found)


@blueprint.get("/p/<int:post_id>/bookmark")
def edit(post_id: int) -> Response:
    """The form: a note, a reminder."""
    session, actor = reading(), identity.actor()
    post = posts.post(session, actor, post_id)
    require(actor, Act.BOOKMARK, post)
    form = BookmarkForm()
    bookmark = queries.bookmark_of(session, actor, post_id)
    form.fill(bookmark)
    return _page(post, form, bookmark)


@blueprint.post("/p/<int:post_id>/bookmark")
def save(post_id: int) -> Response:
    """Keep it."""
    actor, form = identity.actor(), BookmarkForm()
    try:
        remind_at = form.remind_at()
        with transaction() as session:
            post = posts.post(session, actor, post_id)
            actions.keep(session, actor, post, form.note.data or "", remind_at)
    except Invalid as error:
        form.show(error)
        post = posts.post(reading(), actor, post_id)
        bookmark = queries.bookmark_of(reading(), actor, post_id)
        return _page(post, form, bookmark, error.status)
    flash(_("Kept among your bookmarks."), "success")
    return see_other(local_or(request.form.get("next"), number_path(post.topic, post.number)))


def _page(post: Post, form: BookmarkForm, bookmark: Bookmark | None, status: int = 200) -> Response:
    return render("bookmarks/edit.html", status=status, post=post, topic=post.topic, form=form, bookmark=bookmark)


@blueprint.post("/p/<int:post_id>/bookmark/remove")
def remove(post_id: int) -> Response:
    """Let it go."""
    return _do(post_id, actions.let_go, _("The bookmark is gone."))


@blueprint.post("/p/<int:post_id>/bookmark/done")
def done(post_id: int) -> Response:
    """Take its reminder away."""
    return _do(post_id, actions.done, _("Done: the bookmark stays, without its reminder."))


def _do(post_id: int, verb: Callable[[Session, Actor, int], None], sentence: str) -> Response:
    actor = identity.actor()
    with transaction() as session:
        verb(session, actor, post_id)
    flash(sentence, "success")
    return see_other(local_or(request.form.get("next"), url_for("bookmarks.index")))
