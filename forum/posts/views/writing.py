"""Starting a topic, and seeing beforehand how words will look. Whatever is refused comes back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import flash, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import kinds
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, Invalid, Sanctioned, SignInNeeded
from forum.core.web.limits import limiter
from forum.core.web.pages import local_or, render, see_other
from forum.core.web.sizes import takes_files
from forum.core.words import gettext as _
from forum.drafts import forms as drafts
from forum.drafts.forms import Keeping
from forum.notifications.queries import announcements
from forum.organization.overriding import HeldBack
from forum.permissions import Act, Actor, require
from forum.posts import actions, companions
from forum.posts.addresses import board_path, topic_path
from forum.posts.forms import TopicForm, topic_form
from forum.posts.forms.asking_again import refusal
from forum.posts.forms.grounds import ASK, DRAFT
from forum.posts.forms.voices import voices_of
from forum.posts.limits import AskFirst
from forum.posts.models import Post
from forum.posts.views import blueprint
from forum.posts.views.asking import is_member, writes_first
from forum.posts.views.choices import zone_choices
from forum.posts.views.completing import similar_to
from forum.posts.views.guarding import ask_host_to_start, kept_as_draft, strip_for_topic
from forum.posts.views.holding import waits
from forum.posts.views.keeping import draft_at, let_wait, opened_at, settle, to_drafts
from forum.posts.views.rendering import written
from forum.uploads.forms import attach, is_attaching


@blueprint.get("/b/<slug>/new")
def new_topic(slug: str) -> Response:
    """The form."""
    session, actor = reading(), identity.actor()
    board = boards.board_by_slug(session, actor, slug)
    require(actor, Act.ASK_FIRST if actor.is_guest else Act.START_TOPIC, board)
    keeping, filled = opened_at("topic", board.id, draft_at("topic", board.id))
    return _topic_page(board, form_for(board, actor, filled), keeping=keeping)


@blueprint.post("/b/<slug>/new")
@takes_files
@limiter.limit("10/hour", exempt_when=is_member)
def start(slug: str) -> Response:
    """Start it, or show how it would look."""
    actor = identity.actor()
    board = boards.board_by_slug(reading(), actor, slug)
    form = form_for(board, actor)
    write, confirmed = partial(written, board_id=board.id), tuple(request.form.getlist("confirmed"))[:8]
    try:
        if writes_first():
            require(actor, Act.ASK_FIRST, board)
            form.draft(write)
            return let_wait(actor, "topic", board.id)
        require(actor, Act.START_TOPIC, board)
        if is_attaching():
            said = attach(actor, form.body)
            return _topic_page(boards.board_by_slug(reading(), actor, slug), form, sentence=said)
        if "preview" in request.form:
            return _topic_page(board, form, preview=write(form.body.data or "").rendered.html)
        if form.taken() == DRAFT:
            return kept_as_draft(actor, "topic", board.id)
        draft = form.draft(write, confirmed)
        if form.taken() == ASK:
            return ask_host_to_start(actor, slug, draft)
        with transaction() as session:
            board = boards.board_by_slug(session, actor, slug)
            url, reached = companions.taken(session, actor, board, draft), None
            made = None if url else actions.start_topic(session, actor, board, draft)
            if isinstance(made, Post):
                url = topic_path(made.topic)
                reached = announcements.reached(session, made.id) if made.affiliation_kind else None
            settle(session, actor, "topic", board.id)
    except HeldBack as error:
        to_drafts(actor, "topic", board.id)
        return topic_refused(slug, form, error)
    except Sanctioned:
        raise
    except ForumError as error:
        return topic_refused(slug, form, error, confirmed)
    if reached is not None:
        flash(reached.did, "success")
    return see_other(url) if url else waits(board_path(slug))


def form_for(board: Board, actor: Actor, filled: MultiDict[str, str] | None = None) -> TopicForm:
    """The form of the board, with what was sent in it, or kept of it (`filled`)."""
    given = {"formdata": filled} if filled is not None else {}
    asked, voices = kinds.of_board(board.kind, board.required_fields), voices_of(actor, board.id, begins=True)
    form = topic_form(asked)(voices=voices, **given)
    form.body.label.text = form.kind.text_label
    form.offer_tags(reading(), actor, board)
    if request.method == "GET" and kinds.TIME_ZONE in form and not form[kinds.TIME_ZONE].data:
        form[kinds.TIME_ZONE].data = actor.time_zone or board.time_zone
    if request.method == "GET" and filled is None and kinds.KEEPER in form:
        form[kinds.KEEPER].data = actor.name
    return form


def _topic_page(
    board: Board,
    form: TopicForm,
    *,
    status: int = 200,
    preview: str = "",
    sentence: str = "",
    ask: str = "",
    confirmed: Sequence[str] = (),
    keeping: Keeping | None = None,
) -> Response:
    return render(
        "posts/new.html",
        status=status,
        board=board,
        kind=form.kind,
        form=form,
        strip=strip_for_topic(identity.actor(), board.slug, form),
        preview=preview,
        sentence=sentence,
        ask=ask,
        confirmed=confirmed,
        zones=zone_choices(form.kind),
        similar=similar_to(form.title.data or "") if preview else (),
        keeping=keeping or drafts.as_sent("topic", board.id),
    )


def topic_refused(slug: str, form: TopicForm, error: ForumError, confirmed: Sequence[str] = ()) -> Response:
    """The form again, with everything that was typed and what is to be mended."""
    board = boards.board_by_slug(reading(), identity.actor(), slug)
    if isinstance(error, Invalid):
        form.show(error)
        return _topic_page(board, form, status=error.status)
    ask = error.key if isinstance(error, AskFirst) else ""
    return _topic_page(board, form, status=error.status, sentence=refusal(error), ask=ask, confirmed=confirmed)


@blueprint.post("/preview")
@limiter.limit("30/minute")
def preview() -> Response:
    """The server's own rendering of a text, for the pane beside the editor."""
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to do this. What you wrote is kept."))
    try:
        html, sentence = written(request.form.get("body", "")).rendered.html, ""
    except Invalid as error:
        html, sentence = "", error.sentence
    back = local_or(request.form.get("next"), "")
    return render("posts/preview.html", fragment="preview", html=html, sentence=sentence, back=back)
