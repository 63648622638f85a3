"""Deciding about a post, with all that its author has to be told."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.moderation import actions
from forum.moderation.forms import DecisionForm
from forum.moderation.models import Ruling
from forum.moderation.queries import open_case_of
from forum.moderation.subjects import POST
from forum.moderation.views import blueprint
from forum.permissions import Act, require
from forum.posts import queries as posts
from forum.posts.addresses import board_path, number_path
from forum.posts.models import Post
from forum.posts.powers import needs_peer


@blueprint.get("/moderation/posts/<int:post_id>")
def about_post(post_id: int) -> Response:
    """What it says, and the form; where it waits in the queue, that."""
    post = _post(post_id)
    if (waiting := open_case_of(reading(), identity.actor(), POST, post_id)) is not None:
        return see_other(url_for("moderation.case", case_id=waiting))
    form = DecisionForm.asked(POST, formdata=None)
    form.act.data = request.args.get("act", "remove")
    return _page(post, form)


@blueprint.post("/moderation/posts/<int:post_id>")
def decide_post(post_id: int) -> Response:
    """Do it, or propose it."""
    actor, form, post = identity.actor(), DecisionForm.asked(POST), _post(post_id)
    try:
        with transaction() as session:
            made = actions.decide(session, actor, form.draft(POST, post_id, "own"))
            state = made.state
    except Invalid as error:
        form.show(error)
        return _page(post, form, status=422)
    except Conflict as error:
        form.form_errors.append(error.sentence)
        return _page(post, form, status=409)
    flash(said(made, state), "success")
    return see_other(board_path(post.topic.board.slug) if post.is_opening else number_path(post.topic, post.number))


def said(made: Ruling, state: str) -> str:
    """What becomes of it, to who decided or proposed it."""
    if state == "proposed":
        return _("Proposed. A moderator from among the members confirms it, or says why not.")
    if made.review_by is not None:
        return _("Done, until a moderator from among the members has looked at it: within two days.")
    return _("Decided. Whom it concerns is told why.")


def _post(post_id: int) -> Post:
    post = posts.post(reading(), identity.actor(), post_id)
    require(identity.actor(), Act.DECIDE, post)
    return post


def _page(post: Post, form: DecisionForm, status: int = 200) -> Response:
    alone = not needs_peer(identity.actor(), post, is_feedback=post.topic.board.is_feedback)
    return render("moderation/decide.html", status=status, post=post, form=form, alone=alone)
