"""What moderators do to a topic as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Invalid
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.organization.loudness import LONGEST_PIN
from forum.organization.overriding import HeldBack, weightiest
from forum.organization.verdicts import Action
from forum.permissions import Actor
from forum.posts import actions, queries
from forum.posts.addresses import topic_path
from forum.posts.forms.pinning import PinForm
from forum.posts.models import Topic
from forum.posts.queries import guarded
from forum.posts.views import blueprint

Verb = Callable[[Session, Actor, Topic], None]


def _do(topic_id: int, verb: Verb, sentence: str) -> Response:
    actor = identity.actor()
    with transaction() as session:
        topic = queries.topic_for_update(session, actor, topic_id)
        verb(session, actor, topic)
    flash(sentence, "success")
    return see_other(topic_path(topic))


@blueprint.post("/t/<int:topic_id>/lock")
def lock(topic_id: int) -> Response:
    """End the replies."""
    return _do(topic_id, actions.lock, _("The topic is locked: only those who look after its board can still reply."))


@blueprint.post("/t/<int:topic_id>/unlock")
def unlock(topic_id: int) -> Response:
    """Allow them again."""
    return _do(topic_id, actions.unlock, _("The topic is open again."))


@blueprint.post("/t/<int:topic_id>/hold")
def hold_topic(topic_id: int) -> Response:
    """Read every reply first."""
    return _do(topic_id, actions.hold_topic, _("From now on every reply here waits until a moderator has read it."))


@blueprint.post("/t/<int:topic_id>/unhold")
def unhold_topic(topic_id: int) -> Response:
    """Let people reply at once again."""
    return _do(topic_id, actions.unhold_topic, _("Replies here are posted at once again."))


@blueprint.post("/t/<int:topic_id>/archive")
def archive(topic_id: int) -> Response:
    """Freeze the topic as it is."""
    return _do(topic_id, actions.archive, _("The topic is archived: it stays as it is."))


@blueprint.post("/t/<int:topic_id>/unarchive")
def unarchive(topic_id: int) -> Response:
    """Let it live again."""
    return _do(topic_id, actions.unarchive, _("The topic lives again."))


@blueprint.post("/t/<int:topic_id>/pin")
def pin(topic_id: int) -> Response:
    """Hold it at the top for a while."""
    form = PinForm()
    days = form.days.data or 0
    if not 1 <= days <= LONGEST_PIN.days:
        raise Invalid(_("A pin ends by itself, at most 30 days from now."), "days")
    until = clock.now() + timedelta(days=days)

    actor, scope, other = identity.actor(), form.scope.data or "", form.replaces.data
    try:
        with transaction() as session:
            wanted = [topic_id, *([other] if other else [])]
            topic, *rest = queries.topics_for_update(session, actor, *wanted)
            actions.pin(session, actor, topic, scope=scope, until=until, replaces=rest[0] if rest else None)
            path = topic_path(topic)
    except HeldBack as error:
        return _make_room(topic_id, form, error)
    flash(_("The topic is pinned."), "success")
    return see_other(path)


def _make_room(topic_id: int, form: PinForm, error: HeldBack) -> Response:
    """Which of those that are up comes down for it; where none would do, why not."""
    actor = identity.actor()
    topic = queries.topic(reading(), actor, topic_id)
    fits = weightiest(error.verdict).offers is Action.REPLACE_PIN
    up = guarded.ours_pinned(reading(), actor, topic, clock.now(), form.scope.data or "") if fits else []
    return render(
        "posts/pin_instead.html",
        status=error.status,
        topic=topic,
        form=form,
        said=error.sentence,
        up=up,
        fits=fits,
        choices=guarded.pin_choices(reading(), actor, topic),
    )


@blueprint.post("/t/<int:topic_id>/unpin")
def unpin(topic_id: int) -> Response:
    """Let it take its place again."""
    return _do(topic_id, actions.unpin, _("The topic is not pinned any more."))
