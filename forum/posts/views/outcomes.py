"""What becomes of an answer: confirmed by the organization, doubted, still true or outdated."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Invalid
from forum.core.web.pages import see_other
from forum.core.words import gettext as _
from forum.permissions import Actor
from forum.posts import actions, doubts, queries
from forum.posts.addresses import number_path
from forum.posts.models import Post
from forum.posts.views import blueprint
from forum.posts.views.doubting import doubt_page

Verb = Callable[[Session, Actor, Post], object]


def _do(post_id: int, verb: Verb, sentence: str) -> Response:
    actor = identity.actor()
    with transaction() as session:
        post = queries.post_for_update(session, actor, post_id)
        verb(session, actor, post)
    flash(sentence, "success")
    return see_other(number_path(post.topic, 1 if post.is_opening else post.number))


@blueprint.post("/p/<int:post_id>/confirm")
def confirm(post_id: int) -> Response:
    """The organization says so, too."""
    return _do(post_id, actions.confirm_answer, _("Confirmed for your organization, with your name and badge."))


@blueprint.post("/p/<int:post_id>/unconfirm")
def unconfirm(post_id: int) -> Response:
    """Not any more."""
    return _do(post_id, actions.withdraw_confirmation, _("Your organization does not confirm it any more."))


@blueprint.post("/p/<int:post_id>/doubt")
def doubt(post_id: int) -> Response:
    """It is no longer true, and what of it."""
    sentence = request.form.get("sentence", "")

    def verb(session: Session, actor: Actor, post: Post) -> None:
        actions.doubt(session, actor, post, sentence)

    try:
        return _do(post_id, verb, _("Thank you. Its author is asked now; if they are silent, everybody is told."))
    except Invalid as error:
        return doubt_page(post_id, sentence, error)


@blueprint.post("/p/<int:post_id>/withdraw-doubt")
def withdraw_doubt(post_id: int) -> Response:
    """It is true, after all."""
    return _do(post_id, actions.withdraw_doubt, _("Taken back."))


@blueprint.post("/p/<int:post_id>/still-true")
def still_true(post_id: int) -> Response:
    """Looked at, and still true."""
    typed = request.form.get("review_on")
    review_on = None if typed is None else doubts.checked_review(typed, clock.now().date())

    def verb(session: Session, actor: Actor, post: Post) -> None:
        actions.say_still_true(session, actor, post, review_on)

    return _do(post_id, verb, _("Still true, as of today."))


@blueprint.post("/p/<int:post_id>/outdated")
def outdated(post_id: int) -> Response:
    """Not any more: readers are told."""
    return _do(post_id, actions.say_outdated, _("Marked as outdated: readers see since when."))
