"""Forms that were open for too long: their token ran out, what was typed in them did not."""

from __future__ import annotations

from flask import flash, request
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import queries as boards
from forum.core.db import reading
from forum.core.errors import ForumError, SignInNeeded
from forum.core.web.pages import expired, refused, see_other, wants_fragment, where_it_stood
from forum.core.words import gettext as _
from forum.posts import queries
from forum.posts.forms import ReplyForm
from forum.posts.forms.voices import voices_of
from forum.posts.views import blueprint, editing, replying, writing
from forum.posts.views.showing import Editor


@blueprint.errorhandler(CSRFError)
def again(error: CSRFError) -> Response:
    """The form with its text and a fresh token; where nothing was typed, the page that it stood on. Where the form's
    page is not there (any more), what every expired form gets: its texts, to be copied."""
    try:
        return _again()
    except ForumError:
        return expired(error)


def _again() -> Response:
    given = request.view_args or {}
    actor = identity.actor()
    said: ForumError = ForumError(
        _("This page had been open for a long time. Nothing is lost: please press the button once more.")
    )
    if actor.is_guest:
        said = SignInNeeded(_("You are not signed in any more. Nothing is lost: sign in, then press the button again."))
    if request.endpoint == "posts.start":
        board = boards.board_by_slug(reading(), actor, str(given["slug"]))
        return writing.topic_refused(board.slug, writing.form_for(board, actor), said)
    if request.endpoint == "posts.reply":
        form = ReplyForm(voices=voices_of(actor))
        return replying.reply_refused(int(given["topic_id"]), Editor(form), said)
    if request.endpoint == "posts.save":
        post = queries.post(reading(), actor, int(given["post_id"]))
        return editing.refused(post.id, editing.form_for(actor, post), said)
    if wants_fragment():
        return refused(said.status, said.sentence)
    flash(said.sentence, "notice")
    return see_other(where_it_stood())
