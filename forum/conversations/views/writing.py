"""Writing in a conversation, and changing a message."""

from __future__ import annotations

from dataclasses import replace

from flask import request
from werkzeug.wrappers import Response

from forum import identity
from forum.conversations import actions, queries
from forum.conversations.forms import MessageForm
from forum.conversations.models import Message
from forum.conversations.queries.spots import MESSAGE, REWORD
from forum.conversations.views import blueprint
from forum.conversations.views.reading import Editor, place_of, show
from forum.conversations.views.rendering import written
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, Invalid, NotFound, Sanctioned, SignInNeeded, TooSoon
from forum.core.web.pages import render, see_other, wants_fragment
from forum.core.web.sizes import takes_files
from forum.core.words import gettext as _
from forum.drafts import forms as drafts
from forum.drafts import queries as kept
from forum.drafts.actions import settle
from forum.drafts.forms import Keeping
from forum.permissions import Act, require
from forum.posts.limits import AskFirst
from forum.uploads.forms import attach, is_attaching


@blueprint.post("/conversations/<int:conversation_id>/send")
@takes_files
def send(conversation_id: int) -> Response:
    """Send it, or show how it would look."""
    actor, form = identity.actor(), MessageForm()
    if actor.is_guest:
        raise SignInNeeded(_("You are not signed in any more. Nothing is lost: sign in, then press the button again."))
    confirmed = tuple(request.form.getlist("confirmed"))[:4]
    editor = Editor(form, confirmed=confirmed, keeping=drafts.as_sent(MESSAGE, conversation_id))
    try:
        require(actor, Act.WRITE_MESSAGE, queries.conversation(reading(), actor, conversation_id))
        if is_attaching():
            return show(conversation_id, replace(editor, sentence=attach(actor, form.body)))
        if "preview" in request.form:
            return show(conversation_id, replace(editor, preview=written(form.body.data or "").rendered.html))
        draft = form.draft(written, confirmed)
        with transaction() as session:
            seen = queries.conversation_for_update(session, actor, conversation_id)
            message = actions.send(session, actor, seen, draft)
            settle(session, actor, MESSAGE, conversation_id, drafts.attempt())
            number, page = message.number, queries.page_of(message.number, seen.sees_after(actor))
            url = place_of(message, seen)
    except (NotFound, Sanctioned):
        raise
    except ForumError as error:
        return refused(conversation_id, editor, error)
    if not wants_fragment():
        return see_other(url)
    answer = show(conversation_id, page=page, arrived=number)
    # A reload, or the way back, must not ask for the quotation again.
    answer.headers["HX-Replace-Url"] = url
    return answer


def refused(conversation_id: int, editor: Editor, error: ForumError) -> Response:
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
    """The message in an editor, for who wrote it: as it stands, or as its draft has it."""
    actor = identity.actor()
    found, _seen = queries.message(reading(), actor, message_id)
    require(actor, Act.EDIT_MESSAGE, found)
    draft = kept.draft(reading(), actor, REWORD, message_id)
    if draft is not None:
        form = MessageForm(formdata=drafts.as_form(draft))
    else:
        form = MessageForm(formdata=None, data={"body": found.source})
    return _edit_page(found, form, keeping=drafts.opened(REWORD, message_id, draft))


@blueprint.post("/messages/<int:message_id>/edit")
@takes_files
def save(message_id: int) -> Response:
    """Say it otherwise."""
    actor, form = identity.actor(), MessageForm()
    if actor.is_guest:
        raise SignInNeeded(_("You are not signed in any more. Nothing is lost: sign in, then press the button again."))
    try:
        if is_attaching():
            said = attach(actor, form.body)
            return _edit_page(queries.message(reading(), actor, message_id)[0], form, sentence=said)
        body = written(form.body.data or "")
        if "preview" in request.form:
            return _edit_page(queries.message(reading(), actor, message_id)[0], form, preview=body.rendered.html)
        with transaction() as session:
            found, seen = queries.message(session, actor, message_id)
            actions.edit_message(session, actor, found, seen, body)
            settle(session, actor, REWORD, message_id, drafts.attempt())
            url = place_of(found, seen)
    except (Invalid, TooSoon) as error:
        form.show(error if isinstance(error, Invalid) else Invalid(error.sentence))
        return _edit_page(queries.message(reading(), actor, message_id)[0], form, status=error.status)
    return see_other(url)


def _edit_page(
    message: Message,
    form: MessageForm,
    *,
    status: int = 200,
    preview: str = "",
    sentence: str = "",
    keeping: Keeping | None = None,
) -> Response:
    return render(
        "conversations/edit.html",
        status=status,
        message=message,
        form=form,
        preview=preview,
        sentence=sentence,
        keeping=keeping or drafts.as_sent(REWORD, message.id),
    )
