"""Behind a topic: leaving a note, and saying whose it is to see to."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, request
from flask import Response as FlaskResponse
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.backstage import actions, queries, wording
from forum.backstage.drafts import Assignee, NoteDraft
from forum.backstage.forms import NoteForm, new_once
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid, NotFound
from forum.core.web.pages import render, see_other, wants_fragment
from forum.core.web.running import settings
from forum.core.words import gettext as _
from forum.drafts import actions as drafts
from forum.drafts import forms as keeping
from forum.permissions import Act, Actor, allows, require
from forum.posts import queries as posts
from forum.posts.addresses import topic_path
from forum.posts.models import Topic
from forum.posts.written import written_by

blueprint = Blueprint("backstage", __name__)
blueprint.add_app_template_global(wording.outcome, "assignment_word")
blueprint.add_app_template_global(new_once, "once_token")

_TOPIC = "/t/<int(max=2147483647):topic_id>"
PLACE = "#backstage"


@blueprint.post(f"{_TOPIC}/note")
def note(topic_id: int) -> Response:
    """Leave a note: from behind the topic, or with the words that stand in its editor."""
    actor, form = identity.actor(), NoteForm()
    topic = _topic(topic_id)
    from_editor = "body" in request.form
    source = request.form["body"] if from_editor else form.note.data or ""
    try:
        body = written_by(reading(), actor, source, settings().base_url)
        with transaction() as session:
            draft = NoteDraft(body, form.once.data or "")
            actions.write_note(session, actor, posts.topic_for_update(session, actor, topic_id), draft)
            if from_editor:
                drafts.settle(session, actor, "reply", topic_id, keeping.attempt())
    except Invalid as error:
        form.note.data = source
        form.note.errors = [error.sentence]
        return _note_again(topic, form)
    return _led(topic, _("Noted. Staff alone see it."))


@blueprint.post(f"{_TOPIC}/assign")
def assign(topic_id: int) -> Response:
    """Say whose it is."""
    assignee = Assignee.read(request.form.get("assignee", ""))

    def verb(session: Session, actor: Actor, topic: Topic) -> str:
        given = actions.assign(session, actor, topic, assignee)
        if given.account_id is not None and given.account_id == actor.account_id:
            return _("It is yours to see to now.")
        return _("Said, and whose it is hears of it and finds it on their desk.")

    return _pressed(topic_id, verb)


@blueprint.post(f"{_TOPIC}/assigned")
def end_assignment(topic_id: int) -> Response:
    """It is done, or nobody's any more."""
    is_done = request.form.get("end") == "done"

    def verb(session: Session, actor: Actor, topic: Topic) -> str:
        actions.end_assignment(session, actor, topic, is_done=is_done)
        return _("Done.") if is_done else _("It is nobody’s in particular now.")

    return _pressed(topic_id, verb)


def _topic(topic_id: int) -> Topic:
    """For those who look behind it; for all others there is nothing here."""
    actor = identity.actor()
    topic = posts.topic(reading(), actor, topic_id)
    if not actor.is_guest and not allows(actor, Act.SEE_BACKSTAGE, topic):
        raise NotFound
    require(actor, Act.WORK_BACKSTAGE, topic)
    return topic


def _pressed(topic_id: int, verb: Callable[[Session, Actor, Topic], str]) -> Response:
    topic, actor = _topic(topic_id), identity.actor()
    try:
        with transaction() as session:
            said, how = verb(session, actor, posts.topic_for_update(session, actor, topic_id)), "success"
    except (Invalid, Conflict) as error:
        said, how = error.sentence, "error"
    return _led(topic, said, how)


def _note_again(topic: Topic, form: NoteForm) -> Response:
    """What was typed, with what was said to it. The words in an editor stay there, too."""
    behind = queries.behind(reading(), identity.actor(), topic)
    answer = render("backstage/note.html", fragment="block", status=422, topic=topic, form=form, behind=behind)
    if wants_fragment():
        answer.headers["HX-Retarget"] = PLACE
        answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def _led(topic: Topic, said: str, how: str = "success") -> Response:
    flash(said, how)
    path = topic_path(topic)
    if not wants_fragment():
        return see_other(path + PLACE)
    answer = FlaskResponse()
    answer.headers["HX-Redirect"] = path  # to a place on the page one is on, a browser would only scroll
    return answer
