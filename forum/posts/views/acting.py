"""What one does to a post without writing: reacting, accepting, taking away and bringing back."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, render_template, request
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.web.pages import see_other, wants_fragment
from forum.core.words import gettext as _
from forum.permissions import Actor
from forum.posts import actions, queries
from forum.posts.addresses import board_path, number_path, page_of
from forum.posts.models import Post
from forum.posts.views import blueprint
from forum.posts.views.showing import show_post, show_topic


@blueprint.post("/p/<int:post_id>/react")
def react(post_id: int) -> Response:
    """Say thanks, helpful, …"""
    actor = identity.actor()
    with transaction() as session:
        post = queries.post_for_update(session, actor, post_id)
        actions.react(session, actor, post, request.form.get("kind", ""))
    return _reacted(post)


@blueprint.post("/p/<int:post_id>/unreact")
def unreact(post_id: int) -> Response:
    """Take it back."""
    actor = identity.actor()
    with transaction() as session:
        post = queries.post_for_update(session, actor, post_id)
        actions.unreact(session, actor, post, request.form.get("kind", ""))
    return _reacted(post)


def _reacted(post: Post) -> Response:
    if wants_fragment():
        return show_post(queries.post(reading(), identity.actor(), post.id), fragment="foot")
    return see_other(number_path(post.topic, post.number))


@blueprint.post("/p/<int:post_id>/accept")
def accept(post_id: int) -> Response:
    """This reply answered the question."""
    actor = identity.actor()
    with transaction() as session:
        post = queries.post_for_update(session, actor, post_id)
        actions.accept_answer(session, actor, post)
    return _decided(post, _("This is the answer now: it stands under the question, too."))


@blueprint.post("/p/<int:post_id>/withdraw-answer")
def withdraw_answer(post_id: int) -> Response:
    """It did not, after all."""
    actor = identity.actor()
    with transaction() as session:
        post = queries.post_for_update(session, actor, post_id)
        actions.withdraw_answer(session, actor, post)
    return _decided(post, _("The question is open again."))


def _decided(post: Post, sentence: str) -> Response:
    flash(sentence, "success")
    if wants_fragment():
        page = queries.topic_page(reading(), identity.actor(), post.topic_id, page_of(post.number))
        return show_topic(page, fragment="decided")
    return see_other(number_path(post.topic, post.number))


@blueprint.post("/p/<int:post_id>/wiki")
def wiki(post_id: int) -> Response:
    """Let everybody who may reply edit it."""
    return _wiki(post_id, actions.make_wiki, _("This is a wiki now: everybody who may reply can edit it."))


@blueprint.post("/p/<int:post_id>/end-wiki")
def end_wiki(post_id: int) -> Response:
    """Make it its author's again."""
    return _wiki(post_id, actions.end_wiki, _("This is no wiki any more: it is its author’s."))


def _wiki(post_id: int, verb: Callable[[Session, Actor, Post], None], sentence: str) -> Response:
    actor = identity.actor()
    with transaction() as session:
        post = queries.post_for_update(session, actor, post_id)
        verb(session, actor, post)
    flash(sentence, "success")
    return see_other(number_path(post.topic, post.number))


@blueprint.post("/p/<int:post_id>/delete")
def delete(post_id: int) -> Response:
    """Take a post away; the opening one takes its topic along."""
    actor = identity.actor()
    with transaction() as session:
        post = queries.post_for_update(session, actor, post_id)
        actions.delete_post(session, actor, post, request.form.get("reason", ""))
    if not post.is_opening:
        return see_other(number_path(post.topic, post.number))
    flash(Markup(render_template("posts/gone.html", post=post)), "success")  # noqa: S704
    return see_other(board_path(post.topic.board.slug))


@blueprint.post("/p/<int:post_id>/undelete")
def undelete(post_id: int) -> Response:
    """Bring it back."""
    actor = identity.actor()
    with transaction() as session:
        post = queries.post_for_update(session, actor, post_id)
        actions.undelete_post(session, actor, post)
    flash(_("It is there again."), "success")
    return see_other(number_path(post.topic, post.number))
