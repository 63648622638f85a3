"""Forms that come too late or too fast: their token ran out, or it was too much at once. What was typed stays."""

from __future__ import annotations

from flask import flash, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as BaseResponse

from forum import identity
from forum.boards import queries as boards
from forum.core.db import reading
from forum.core.errors import ForumError, SignInNeeded
from forum.core.web.pages import expired, http_refused, refused, see_other, wants_fragment, where_it_stood
from forum.core.words import gettext as _
from forum.posts import queries
from forum.posts.forms import ReplyForm
from forum.posts.forms.voices import voices_of
from forum.posts.views import blueprint, editing, replying, writing
from forum.posts.views.showing import Editor

WITH_WORDS = ("posts.start", "posts.reply", "posts.save")


@blueprint.errorhandler(RateLimitExceeded)
def later(error: RateLimitExceeded) -> BaseResponse:
    """The form with its text: nothing was done, and in a minute it may be sent again."""
    if request.endpoint not in WITH_WORDS:
        return http_refused(error)
    sentence = _("That was a lot at once. Nothing is lost: please wait a minute, then press again.")
    try:
        answer = _back(ForumError(sentence))
    except ForumError:
        answer = refused(429, sentence)
    answer.status_code = 429
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            answer.headers[name] = value
    return answer


@blueprint.errorhandler(CSRFError)
def again(error: CSRFError) -> BaseResponse:
    """The form with its text and a fresh token; where nothing was typed, the page that it stood on. Where the form's
    page is not there (any more), what every expired form gets: its texts, to be copied."""
    try:
        return _again()
    except ForumError:
        return expired(error)


def _again() -> BaseResponse:
    if identity.actor().is_guest:
        return _back(
            SignInNeeded(_("You are not signed in any more. Nothing is lost: sign in, then press the button again."))
        )
    return _back(
        ForumError(_("This page had been open for a long time. Nothing is lost: please press the button once more."))
    )


def _back(said: ForumError) -> BaseResponse:
    given, actor = request.view_args or {}, identity.actor()
    if request.endpoint == "posts.start":
        board = boards.board_by_slug(reading(), actor, str(given["slug"]))
        return writing.topic_refused(board.slug, writing.form_for(board, actor), said)
    if request.endpoint == "posts.reply":
        topic = queries.topic(reading(), actor, int(given["topic_id"]))
        return replying.reply_refused(topic.id, Editor(ReplyForm(voices=voices_of(actor, topic.board_id))), said)
    if request.endpoint == "posts.save":
        post = queries.post(reading(), actor, int(given["post_id"]))
        return editing.refused(post.id, editing.form_for(actor, post), said)
    if wants_fragment():
        return refused(said.status, said.sentence)
    flash(said.sentence, "notice")
    return see_other(where_it_stood())
