"""Writing in a conversation, and changing a message."""

from __future__ import annotations

from dataclasses import replace

from flask import request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.conversations import actions, queries
from forum.conversations.forms import MessageForm
from forum.conversations.views import blueprint
from forum.conversations.views.reading import Editor, show
from forum.conversations.views.rendering import written
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, Invalid, NotFound, TooSoon
from forum.core.web.pages import render, see_other, wants_fragment
from forum.permissions import Act, require
from forum.posts.limits import AskFirst


@blueprint.post("/conversations/<int:conversation_id>/send")
def send(conversation_id: int) -> Response:
    """Send it, or show how it would look."""
    actor, form = identity.actor(), MessageForm()
    confirmed = tuple(request.form.getlist("confirmed"))[:4]
    editor = Editor(form, confirmed=confirmed)
    try:
        require(actor, Act.WRITE_MESSAGE, queries.conversation(reading(), actor, conversation_id))
        if "preview" in request.form:
            return show(conversation_id, replace(editor, preview=written(form.body.data or "").rendered.html))
        draft = form.draft(written, confirmed)
        with transaction() as session:
            seen = queries.conversation_for_update(session, actor, conversation_id)
            message = actions.send(session, actor, seen, draft)
            number, page = message.number, queries.page_of(message.number, seen.sees_after(actor))
    except NotFound:
        raise
    except ForumError as error:
        return refused(show, conversation_id, editor, error)
    if wants_fragment():
        return show(conversation_id, page=page, arrived=number)
    return see_other(
        url_for("conversations.conversation", conversation_id=conversation_id, page=page) + f"#message-{number}"
    )


def refused(again: object, conversation_id: int, editor: Editor, error: ForumError) -> Response:
    """The editor again, with what was typed and what was said to it."""
    if isinstance(error, AskFirst):
        # What came meanwhile is shown now: the question is asked once.
        editor.form.seen.data = ""
        answer = show(
            conversation_id, replace(editor, ask=error.key, sentence=error.sentence), page=None, status=error.status
        )
    elif isinstance(error, Invalid):
        editor.form.show(error)
        answer = show(conversation_id, editor, status=error.status)
    else:
        answer = show(conversation_id, replace(editor, sentence=error.sentence), status=error.status)
        if isinstance(error, TooSoon):
            answer.headers["Retry-After"] = str(error.seconds)
    return answer


@blueprint.get("/messages/<int:message_id>/edit")
def edit(message_id: int) -> Response:
    """The message in an editor, for who wrote it."""
    actor = identity.actor()
    found, _seen = queries.message(reading(), actor, message_id)
    require(actor, Act.EDIT_MESSAGE, found)
    form = MessageForm(formdata=None, data={"body": found.source})
    return render("conversations/edit.html", message=found, form=form, preview="")


@blueprint.post("/messages/<int:message_id>/edit")
def save(message_id: int) -> Response:
    """Say it otherwise."""
    actor, form = identity.actor(), MessageForm()
    try:
        body = written(form.body.data or "")
        if "preview" in request.form:
            found, _seen = queries.message(reading(), actor, message_id)
            return render("conversations/edit.html", message=found, form=form, preview=body.rendered.html)
        with transaction() as session:
            found, seen = queries.message(session, actor, message_id)
            actions.edit_message(session, actor, found, seen, body)
            page, number = queries.page_of(found.number, seen.sees_after(actor)), found.number
    except Invalid as error:
        form.show(error)
        found, _seen = queries.message(reading(), actor, message_id)
        return render("conversations/edit.html", status=422, message=found, form=form, preview="")
    url = url_for("conversations.conversation", conversation_id=found.conversation_id, page=page)
    return see_other(f"{url}#message-{number}")
