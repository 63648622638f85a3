"""A page for whoever tidies: title and tags, the board, one place for one question. Each a form of its own."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, request
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, NotFound, Refused, TooSoon
from forum.core.web.pages import render, see_other
from forum.core.web.typed import pasted_topic
from forum.core.words import gettext as _
from forum.organization.overriding import HeldBack
from forum.organization.verdicts import Verdict
from forum.permissions import Act, allows, require
from forum.posts import actions, queries
from forum.posts.actions.arranging import ALIKE
from forum.posts.addresses import board_path, link, topic_path
from forum.posts.drafts import Written
from forum.posts.forms import tags_in
from forum.posts.forms.asking_again import refusal, tell_if_lost
from forum.posts.models import Topic
from forum.posts.queries.offered import offered_tags
from forum.posts.views import blueprint
from forum.posts.views.rendering import written
from forum.search import queries as search


@blueprint.get("/t/<int:topic_id>/tidy")
def tidy(topic_id: int) -> Response:
    """What this person may tidy here."""
    topic = _topic(topic_id)
    if not any(allows(identity.actor(), act, topic) for act in (Act.RETITLE, Act.MOVE_TOPIC, Act.CLOSE_DUPLICATE)):
        raise Refused(_("You may not do this here."))
    return _page(topic)


@blueprint.post("/t/<int:topic_id>/retitle")
def retitle(topic_id: int) -> Response:
    """Another title, other tags."""
    actor, topic = identity.actor(), _topic(topic_id)
    require(actor, Act.RETITLE, topic)
    was = topic.notice
    try:
        with transaction() as session:
            topic = queries.topic_for_update(session, actor, topic_id)
            tags = tags_in(request.form.getlist("tags"), request.form.get("more_tags", ""))
            actions.retitle(session, actor, topic, request.form.get("title", ""), tags)
    except HeldBack as error:
        return _page(_topic(topic_id), Invalid(refusal(error), "title"), form="retitle", held=error.verdict)
    except (Invalid, TooSoon) as error:
        wrong = error if isinstance(error, Invalid) else Invalid(error.sentence, "title")
        return _page(_topic(topic_id), wrong, form="retitle")
    flash(_("Title and tags are as you wrote them."), "success")
    tell_if_lost(actor, topic, was)
    return see_other(topic_path(topic))


@blueprint.post("/t/<int:topic_id>/move")
def move(topic_id: int) -> Response:
    """To another board; its address stays."""
    actor, topic = identity.actor(), _topic(topic_id)
    require(actor, Act.MOVE_TOPIC, topic)
    try:
        board = _board(request.form.get("board", ""))
        told = written(_("It was in %(board)s.", board=link(topic.board.name, board_path(topic.board.slug))))
        with transaction() as session:
            topic = queries.topic_for_update(session, actor, topic_id)
            to = session.get_one(Board, board.id)
            actions.move_topic(session, actor, topic, to, told)
    except HeldBack as error:
        return _page(_topic(topic_id), Invalid(refusal(error), "board"), form="move")
    except Invalid as error:
        return _page(_topic(topic_id), error, form="move")
    flash(_("It stands in “%(board)s” now.", board=board.name), "success")
    return see_other(topic_path(topic))


@blueprint.post("/t/<int:topic_id>/duplicate")
def close_duplicate(topic_id: int) -> Response:
    """No more replies here, and the way to the topic that says it already."""
    actor, topic = identity.actor(), _topic(topic_id)
    require(actor, Act.CLOSE_DUPLICATE, topic)
    try:
        other = _other(request.form.get("other", ""))
        told = _pointing_to(other)
        with transaction() as session:
            topic, other = queries.topics_for_update(session, actor, topic_id, other.id)
            actions.close_duplicate(session, actor, topic, other, told)
    except Invalid as error:
        return _page(_topic(topic_id), error, form="duplicate")
    flash(_("It is closed, and leads to “%(title)s”.", title=other.title), "success")
    return see_other(topic_path(topic))


@blueprint.post("/t/<int:topic_id>/reopen")
def reopen_duplicate(topic_id: int) -> Response:
    """It was another question after all."""
    actor = identity.actor()
    with transaction() as session:
        topic = queries.topic_for_update(session, actor, topic_id)
        actions.reopen_duplicate(session, actor, topic)
    flash(_("The topic is open again."), "success")
    return see_other(topic_path(topic))


def _topic(topic_id: int) -> Topic:
    return queries.topic(reading(), identity.actor(), topic_id)


def _board(slug: str) -> Board:
    """The board that was chosen: one of those that the page offered, or could have."""
    found = next((board for board in _boards_to_choose() if board.slug == slug), None)
    if found is None:
        raise Invalid(_("Choose a board."), "board")
    return found


def _boards_to_choose() -> Sequence[Board]:
    return boards.boards_to_start_on(reading(), identity.actor())


def _other(typed: str) -> Topic:
    """The topic whose address was pasted, whole or in part, or chosen from those beside it."""
    number = pasted_topic(typed)
    if number is None:
        raise Invalid(_("Paste the address of the other topic here."), "other")
    try:
        return queries.topic(reading(), identity.actor(), number)
    except NotFound:
        raise Invalid(_("There is no such topic, or you may not read it."), "other") from None


def _pointing_to(other: Topic) -> Written:
    return written(_("Please go on in %(topic)s.", topic=link(other.title, topic_path(other))))


def _page(topic: Topic, error: Invalid | None = None, form: str = "", held: Verdict | None = None) -> Response:
    session, actor = reading(), identity.actor()
    tags = queries.tag_slugs_of(session, topic)
    chosen = request.form.getlist("tags") if form == "retitle" else tags
    fits = {topic.board.kind} | (ALIKE if topic.board.kind in ALIKE else frozenset())
    return render(
        "posts/tidy.html",
        status=error.status if error else 200,
        topic=topic,
        tags=offered_tags(session, actor, topic.board_id, [*tags, *chosen]),
        chosen=chosen,
        boards=[board for board in _boards_to_choose() if board.kind in fits and board.id != topic.board_id],
        related=search.similar(session, actor, topic.title, without=topic.id),
        error=error,
        refused=form,
        held=held,
        opening=queries.opening_of(session, actor, topic) if held else None,
        typed=request.form,
    )
