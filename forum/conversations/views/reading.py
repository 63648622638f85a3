"""Reading a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Response, request, url_for
from sqlalchemy.orm import Session
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as BaseResponse

from forum import identity
from forum.conversations import actions, queries
from forum.conversations.forms import InviteForm, MessageForm
from forum.conversations.models import Message
from forum.conversations.queries import Seen
from forum.conversations.queries.spots import MESSAGE
from forum.conversations.views import blueprint
from forum.core.db import reading
from forum.core.errors import NotFound, SignInNeeded
from forum.core.web.afterwards import afterwards
from forum.core.web.pages import render, wants_fragment
from forum.core.web.typed import typed_number
from forum.core.words import gettext as _
from forum.drafts import forms as drafts
from forum.drafts import queries as kept
from forum.drafts.forms import Keeping
from forum.permissions import Act, Actor, allows
from forum.posts.quoting import quotation, with_quotation


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
    if typed is not None and not (typed.isascii() and typed.isdigit() and len(typed) < 8):
        raise NotFound
    after = (typed_number(request.args.get("after", "")) if wants_fragment() else None) or 0
    return show(conversation_id, page=None if typed is None else int(typed), after=after)


@blueprint.get("/messages/<int:message_id>")
def message(message_id: int) -> BaseResponse:
    """The permanent link: to where the message stands for whoever asks."""
    found, seen = queries.message(reading(), identity.actor(), message_id)
    return redirect(place_of(found, seen), 302)


def place_of(message: Message, seen: Seen) -> str:
    """The address at which the reader finds it: not everybody sees a conversation from its beginning."""
    page = queries.page_of(message.number, seen.sees_after(identity.actor()))
    url = url_for("conversations.conversation", conversation_id=message.conversation_id, page=page)
    return f"{url}#message-{message.number}"


def show(
    conversation_id: int,
    editor: Editor | None = None,
    *,
    inviting: InviteForm | None = None,
    page: int | None = None,
    arrived: int = 0,
    after: int = 0,
    status: int = 200,
) -> Response:
    """The page with the editor and forms as given, or of it what came `after` a message. Moves the reader's position,
    after the answer."""
    session, actor = reading(), identity.actor()
    found = queries.conversation_page(session, actor, conversation_id, page)
    if editor is None:
        editor = _opened(found.seen)
    editor.form.begin(found.conversation.last_number)
    answer = render(
        "conversations/conversation.html",
        fragment="arrived" if after else "conversation",
        partly="arrived" if after else "",
        after=after,
        live_conversation=found.conversation,
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


def _opened(seen: Seen) -> Editor:
    """The editor with what is kept of a message that was begun, and a quotation (`?quote=`)."""
    about = seen.conversation
    draft = kept.draft(reading(), identity.actor(), MESSAGE, about.id)
    form = MessageForm(formdata=drafts.as_form(draft) if draft else None)
    quote = _quoted(about.id)
    if quote:
        form.body.data = with_quotation(form.body.data or "", quote)
    return Editor(form, keeping=drafts.opened(MESSAGE, about.id, draft))


def _quoted(conversation_id: int) -> str:
    """The message of the conversation that is quoted, as Markdown; empty where there is none to be read."""
    wanted = typed_number(request.args.get("quote", ""))
    if wanted is None:
        return ""
    try:
        found, _seen = queries.message(reading(), identity.actor(), wanted)
    except NotFound:
        return ""
    if found.conversation_id != conversation_id or found.is_note:
        return ""
    author = found.author.name if found.author else ""
    return quotation(found.source, author, url_for("conversations.message", message_id=found.id))


def _mark_read(session: Session, actor: Actor, conversation_id: int, number: int) -> None:
    actions.mark_read(session, actor, queries.conversation(session, actor, conversation_id), number)
