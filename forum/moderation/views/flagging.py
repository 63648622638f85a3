"""Saying that something is not as it should be."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, TooSoon
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.moderation import actions, subjects
from forum.moderation.forms import FlagForm
from forum.moderation.views import blueprint
from forum.permissions import Act, require
from forum.posts import queries as posts
from forum.posts.addresses import number_path


@blueprint.get("/p/<int:post_id>/flag")
def ask_flag(post_id: int) -> Response:
    """What it is about, and the form."""
    post = posts.post(reading(), identity.actor(), post_id)
    require(identity.actor(), Act.FLAG, post)
    return render("moderation/flag.html", post=post, form=FlagForm.asked(formdata=None))


@blueprint.post("/p/<int:post_id>/flag")
@limiter.limit("60/hour")
def flag(post_id: int) -> Response:
    """Tell the moderators."""
    actor, form = identity.actor(), FlagForm.asked()
    post = posts.post(reading(), actor, post_id)
    url = number_path(post.topic, post.number)
    try:
        with transaction() as session:
            subject = subjects.load(session, subjects.POST, posts.post_for_update(session, actor, post_id).id)
            actions.flag(
                session, actor, subject, form.rule.data or "", form.words.data or "", about_host=form.about_host.data
            )
    except Invalid as error:
        form.show(error)
    except TooSoon as error:
        form.form_errors.append(error.sentence)
    else:
        flash(_("Thank you. The moderators look at it, and you hear what came of it."), "success")
        return see_other(url)
    post = posts.post(reading(), actor, post_id)
    return render("moderation/flag.html", status=422, post=post, form=form)
