"""The button with which people of the organization thank."""

from __future__ import annotations

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading
from forum.core.errors import TooSoon
from forum.core.web.forms import done
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts import queries as posts
from forum.posts.actions import check_thanks
from forum.posts.addresses import number_path
from forum.posts.models import Post
from forum.recognition import actions, queries
from forum.recognition.forms import ThankForm
from forum.recognition.views import blueprint

_ID = "int(max=2147483647)"


@blueprint.get(f"/t/<{_ID}:topic_id>/thank")
def whom(topic_id: int) -> Response:
    """What members wrote in a topic, for who would have thanked aloud."""
    actor = identity.actor()
    topic = posts.topic(reading(), actor, topic_id)
    return render("recognition/whom.html", topic=topic, posts=queries.thankable(reading(), actor, topic))


@blueprint.route(f"/p/<{_ID}:post_id>/thank", methods=["GET", "POST"])
def thank(post_id: int) -> Response:
    """A reaction below the post, and a private note to its author."""
    actor = identity.actor()
    post = posts.post(reading(), actor, post_id)
    require(actor, Act.THANK, post)
    if request.method == "GET":
        form, full = ThankForm(formdata=None), _why_not_today(actor, post)
        return render("recognition/thank.html", post=post, topic=post.topic, form=form, full=full)
    form = ThankForm()

    def verb(session: Session) -> str:
        there = posts.post_for_update(session, actor, post_id)
        actions.thank(session, actor, there, form.note.data or "")
        return _("They hear of it within a day, together with other thanks.")

    if done(form, verb):
        return see_other(number_path(post.topic, post.number))
    return render("recognition/thank.html", status=422, post=post, topic=post.topic, form=form)


def _why_not_today(actor: Actor, post: Post) -> str:
    """Said before somebody writes a note that today reaches nobody."""
    try:
        check_thanks(reading(), actor, post)
    except TooSoon as error:
        return error.sentence
    return ""
