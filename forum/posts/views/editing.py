"""Changing words: in a form of their own, or in their place."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import kinds
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, ForumError, Invalid, Sanctioned
from forum.core.markup import SourceKind
from forum.core.web.pages import render, see_other, wants_fragment
from forum.core.web.sizes import takes_files
from forum.drafts import forms as drafts
from forum.drafts.forms import Keeping
from forum.organization.overriding import HeldBack
from forum.organization.verdicts import Verdict
from forum.permissions import Act, Actor, allows, require
from forum.posts import actions, queries
from forum.posts.addresses import number_path
from forum.posts.drafts import Written
from forum.posts.forms import EditForm, EditTopicForm, edit_topic_form
from forum.posts.forms.asking_again import refusal, tell_if_lost
from forum.posts.forms.grounds import ASK
from forum.posts.forms.voices import purposes_of_edit
from forum.posts.models import Post
from forum.posts.views import blueprint
from forum.posts.views.choices import zone_choices
from forum.posts.views.guarding import ask_host_to_edit
from forum.posts.views.keeping import draft_at, opened_at, settle
from forum.posts.views.rendering import written
from forum.posts.views.showing import show_post
from forum.uploads.forms import attach, is_attaching


@blueprint.get("/p/<int:post_id>/edit")
def edit(post_id: int) -> Response:
    """The form, filled with what stands there."""
    session, actor = reading(), identity.actor()
    post = queries.post(session, actor, post_id)
    require(actor, Act.EDIT_POST, post)
    keeping, filled = opened_at("edit", post.id, draft_at("edit", post.id))
    form = form_for(actor, post, filled)
    if filled is None:
        form.fill(post)
        if isinstance(form, EditTopicForm):
            form.fill_about(post, queries.tag_slugs_of(session, post.topic), queries.keeper_name(session, post.topic))
    return _page(post, form, keeping=keeping)


@blueprint.post("/p/<int:post_id>/edit")
@takes_files
def save(post_id: int) -> Response:
    """Keep the new wording, or show how it would look."""
    actor = identity.actor()
    post = queries.post(reading(), actor, post_id)
    form, kind, was = form_for(actor, post), SourceKind(post.source_kind), post.topic.notice

    def rewritten(source: str) -> Written:
        return written(source, kind, board_id=post.board_id)

    try:
        require(actor, Act.EDIT_POST, post)
        if is_attaching():
            said = attach(actor, form.body)
            return _page(queries.post(reading(), actor, post_id), form, sentence=said)
        if "preview" in request.form:
            return _page(post, form, preview=rewritten(form.body.data or "").rendered.html)
        draft = form.draft(rewritten)
        if form.taken() == ASK:
            return ask_host_to_edit(actor, post_id, draft)
        with transaction() as session:
            actions.edit_post(session, actor, queries.post_for_update(session, actor, post_id), draft)
            settle(session, actor, "edit", post_id)
    except Sanctioned:
        raise
    except ForumError as error:
        return refused(post_id, form, error)
    post = queries.post(reading(), actor, post_id)
    tell_if_lost(actor, post.topic, was)
    if wants_fragment():
        return show_post(post)
    return see_other(number_path(post.topic, post.number))


def form_for(actor: Actor, post: Post, filled: MultiDict[str, str] | None = None) -> EditForm:
    """The form of the post, with what was sent in it, or kept of it (`filled`)."""
    given: dict[str, Any] = {"formdata": filled} if filled is not None else {}
    speaks = actor.belonging is not None and bool(post.affiliation_kind)
    purposes = purposes_of_edit(actor, post)
    if not post.is_opening:
        reply = EditForm(speaks=speaks, purposes=purposes, **given)
        reply.body.id = reply.body.label.field_id = f"edit-{post.id}"  # the reply editor stands on the same page
        return reply
    board = post.topic.board
    asked = kinds.of_board(board.kind, board.required_fields)
    if not allows(actor, Act.HAND_ON_PAGE, post):
        asked = kinds.without(asked, kinds.KEEPING)
    if post.author_id != actor.account_id or actor.belonging is not None:
        asked = kinds.without(asked, (kinds.WANTS_ORG,))
    form = edit_topic_form(asked)(speaks=speaks, purposes=purposes, **given)
    if not post.has_poll and allows(actor, Act.ATTACH_POLL, post):
        form.accompany(given)
    form.body.label.text = form.kind.text_label
    form.offer_tags(reading(), actor, board, queries.tag_slugs_of(reading(), post.topic))
    return form


def refused(post_id: int, form: EditForm, error: ForumError) -> Response:
    """The form again, with everything that was typed; after a conflict, beside what stands there now."""
    post = queries.post(reading(), identity.actor(), post_id)
    if isinstance(error, HeldBack):
        return _page(post, form, status=error.status, sentence=refusal(error), verdict=error.verdict)
    if isinstance(error, Conflict):
        form.base.data = str(post.revision_count)
        return _page(post, form, status=error.status, sentence=error.sentence, theirs=post.source)
    if isinstance(error, Invalid):
        form.show(error)
        return _page(post, form, status=error.status)
    return _page(post, form, status=error.status, sentence=error.sentence)


def _page(
    post: Post,
    form: EditForm,
    *,
    status: int = 200,
    preview: str = "",
    sentence: str = "",
    theirs: str = "",
    verdict: Verdict | None = None,
    keeping: Keeping | None = None,
) -> Response:
    about = isinstance(form, EditTopicForm)
    return render(
        "posts/edit.html",
        fragment="" if about else "in_place",
        status=status,
        post=post,
        topic=post.topic,
        form=form,
        about=about,
        preview=preview,
        sentence=sentence,
        theirs=theirs,
        verdict=verdict,
        keeping=keeping or drafts.as_sent("edit", post.id),
        zones=zone_choices(form.kind) if isinstance(form, EditTopicForm) else (),
    )
