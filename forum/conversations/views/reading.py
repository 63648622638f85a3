"""Reading a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Response, request
from sqlalchemy.orm import Session

from forum import identity
from forum.conversations import actions, queries
from forum.conversations.forms import InviteForm, MessageForm
from forum.conversations.queries.spots import MESSAGE
from forum.conversations.views import blueprint
from forum.core.db import reading
from forum.core.errors import NotFound, SignInNeeded
from forum.core.web.afterwards import afterwards
from forum.core.web.pages import render
from forum.core.words import gettext as _
from forum.drafts import forms as drafts
from forum.drafts import queries as kept
from forum.drafts.forms import Keeping
from forum.permissions import Act, Actor, allows


@dataclass(frozen=True)
class Editor:
    """The editor as it stands: the form and what was said to its writer."""

    form: MessageForm
    sentence: str = ""
    ask: str = ""
    confirmed: tuple[str, ...] = ()
    preview: str = ""
    keeping: Keeping | None = None


@blueprint.get("/conversations/<int:conversation_id>")
def conversation(conversation_id: int) -> Response:
    """A page of it; without a number the one where one stopped reading."""
    if identity.actor().is_guest:
        raise SignInNeeded(_("Sign in to read your conversations."))
    typed = request.args.get("page")
    if typed is None:
        return show(conversation_id)
    if not (typed.isascii() and typed.isdigit() and len(typed) < 8):
        raise NotFound
    return show(conversation_id, page=int(typed))


def show(
    conversation_id: int,
    editor: Editor | None = None,
    *,
    inviting: InviteForm | None = None,
    page: int | None = None,
    arrived: int = 0,
    status: int = 200,
) -> Response:
    """The page with the editor and forms as given. Moves the reader's position, after the answer."""
    session, actor = reading(), identity.actor()
    found = queries.conversation_page(session, actor, conversation_id, page)
    if editor is None:
        editor = _opened(conversation_id)
    editor.form.begin(found.conversation.last_number)
    answer = render(
        "conversations/conversation.html",
        fragment="conversation",
        status=status,
        page=found,
        about=found.conversation,
        others=found.others(actor),
        may_write=allows(actor, Act.WRITE_MESSAGE, found.seen),
        may_bring_in=allows(actor, Act.INVITE_TO_CONVERSATION, found.seen),
        editor=editor,
        inviting=inviting or InviteForm(formdata=None),
        arrived=arrived,
    )
    if found.last_number <= found.seen.last_read and not actor.has_mail:
        return answer
    work = partial(_mark_read, actor=actor, conversation_id=conversation_id, number=found.last_number)
    return afterwards(answer, work)


def _opened(conversation_id: int) -> Editor:
    """The editor with what is kept of a message that was begun."""
    draft = kept.draft(reading(), identity.actor(), MESSAGE, conversation_id)
    form = MessageForm(formdata=drafts.as_form(draft) if draft else None)
    return Editor(form, keeping=drafts.opened(MESSAGE, conversation_id, draft))


def _mark_read(session: Session, actor: Actor, conversation_id: int, number: int) -> None:
    actions.mark_read(session, actor, queries.conversation(session, actor, conversation_id), number)
