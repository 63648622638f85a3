"""The buttons of who should speak first: the asker's, a member's, a moderator's, and what staff have seen."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response as FlaskResponse
from flask import flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Conflict
from forum.core.web.pages import see_other, wants_fragment
from forum.core.words import gettext as _
from forum.organization.queries import rota
from forum.permissions import Actor, Role
from forum.posts import actions, queries
from forum.posts.addresses import topic_path
from forum.posts.models import Topic
from forum.posts.views import blueprint


def _do(topic_id: int, verb: Callable[[Session, Actor, Topic], None], sentence: str) -> Response:
    actor = identity.actor()
    try:
        with transaction() as session:
            verb(session, actor, queries.topic_for_update(session, actor, topic_id))
        flash(sentence, "success")
    except Conflict as error:
        flash(error.sentence, "error")
    return see_other(topic_path(queries.topic(reading(), actor, topic_id)))


@blueprint.post("/t/<int:topic_id>/waive")
def waive(topic_id: int) -> Response:
    """I would be glad of the organization's answer now."""
    return _do(topic_id, actions.waive_turn, _("The organization knows that you would be glad of its answer."))


@blueprint.post("/t/<int:topic_id>/members-first")
def members_first(topic_id: int) -> Response:
    """I would rather hear from members first after all."""
    return _do(topic_id, actions.take_waiver_back, _("It is members’ turn again."))


@blueprint.post("/t/<int:topic_id>/on-it")
def on_it(topic_id: int) -> Response:
    """I am on it."""
    return _do(topic_id, actions.take_turn, _("Thank you. Everybody sees that you are on it."))


@blueprint.post("/t/<int:topic_id>/not-on-it")
def not_on_it(topic_id: int) -> Response:
    """I am not, after all."""
    return _do(topic_id, actions.give_turn_back, _("It does not say any more that you are on it."))


@blueprint.post("/t/<int:topic_id>/urgent")
def urgent(topic_id: int) -> Response:
    """Nobody should wait here."""
    return _do(topic_id, actions.mark_urgent, _("It says now that this is urgent: nobody waits here."))


@blueprint.post("/t/<int:topic_id>/not-urgent")
def not_urgent(topic_id: int) -> Response:
    """It can wait again."""
    return _do(topic_id, actions.unmark_urgent, _("It is not urgent any more."))


@blueprint.post("/t/<int:topic_id>/seen")
def seen(topic_id: int) -> Response:
    """We have seen it: pressed by any Responder, or sent by the page of the one on duty after ten seconds."""
    if not wants_fragment():
        return _do(topic_id, actions.say_seen, _("It says now that the organization has seen this."))
    actor = identity.actor()
    with transaction() as session:
        topic = queries.topic_for_update(session, actor, topic_id)
        if rota.is_on_duty(session, actor, Role.RESPONDER, topic.board_id, clock.now()):
            actions.say_seen(session, actor, topic)
    return FlaskResponse(status=204)
