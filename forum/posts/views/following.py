"""How closely one follows a topic, and how long one has looked at it."""

from __future__ import annotations

from flask import flash, request
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import transaction
from forum.core.errors import SignInNeeded
from forum.core.web.pages import local_or, render, see_other, wants_fragment
from forum.core.words import gettext as _
from forum.following.levels import topic_levels
from forum.posts import actions, queries
from forum.posts.addresses import topic_path
from forum.posts.views import blueprint
from forum.posts.views.asking import asked_number

blueprint.add_app_template_global(topic_levels)


@blueprint.post("/t/<int:topic_id>/follow")
def follow(topic_id: int) -> Response:
    """Watch it, track it, leave it as it is, or mute it."""
    actor, level = identity.actor(), request.form.get("level", "")
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to follow a topic."))
    with transaction() as session:
        topic = queries.topic(session, actor, topic_id)
        actions.follow_topic(session, actor, topic, level)
    back = local_or(request.form.get("next"), topic_path(topic))
    if wants_fragment():
        return render("following/topic.html", fragment="control", topic=topic, level=level, back=back)
    flash(_("“%(title)s”: %(level)s.", title=topic.title, level=topic_levels()[level].name), "success")
    return see_other(back)


@blueprint.post("/t/<int:topic_id>/reading")
def spend_reading(topic_id: int) -> Response:
    """The page tells how long it was looked at."""
    actor = identity.actor()
    with transaction() as session:
        topic = queries.topic(session, actor, topic_id)
        actions.spend_reading(session, actor, topic, asked_number("seconds") or 0)
    return Response(status=204)
