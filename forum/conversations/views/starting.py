"""Beginning a conversation: with people, with a group, with the moderators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.conversations import actions, queries
from forum.conversations.drafts import MessageDraft, StartDraft
from forum.conversations.forms import MessageForm, StartForm
from forum.conversations.views import blueprint
from forum.conversations.views.rendering import written
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid, NotFound, TooSoon
from forum.core.web.pages import render, see_other
from forum.groups import queries as groups
from forum.groups.queries import Standing
from forum.permissions import Act, require


@blueprint.get("/conversations/new")
def new() -> Response:
    """An empty page, to the people or the group of the address (`?to=ada,bo`, `?group=tuners`)."""
    require(identity.actor(), Act.START_CONVERSATION)
    form = StartForm(formdata=None, data={"people": request.args.get("to", "")[:500]})
    return _start_page(form, request.args.get("group", ""))


@blueprint.post("/conversations/new")
def start() -> Response:
    """Begin it, or show how the first message would look."""
    actor, form, slug = identity.actor(), StartForm(), request.form.get("group", "")
    try:
        require(actor, Act.START_CONVERSATION)
        if "preview" in request.form:
            return _start_page(form, slug, preview=written(form.body.data or "").rendered.html)
        draft = StartDraft(
            form.draft(written), tuple((form.people.data or "").split(",")[:30]), slug, form.title.data or ""
        )
        with transaction() as session:
            number = actions.start(session, actor, draft).id
    except (Invalid, TooSoon) as error:
        form.show(error if isinstance(error, Invalid) else Invalid(error.sentence))
        return _start_page(form, slug, status=error.status)
    return see_other(url_for("conversations.conversation", conversation_id=number))


def _start_page(form: StartForm, slug: str, *, preview: str = "", status: int = 200) -> Response:
    session, actor = reading(), identity.actor()
    group: Standing | None = groups.standing(session, actor, slug) if slug else None
    if group is not None:
        require(actor, Act.WRITE_TO_GROUP, group)
    form.begin()
    return render("conversations/new.html", status=status, form=form, group=group, preview=preview, member=None)


# ── the moderators ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Letter:
    """Whom a first message to or from the moderators is about, and the verb that sends it."""

    member: Account | None
    verb: Callable[[Session, MessageDraft], int]


@blueprint.get("/conversations/moderators")
def to_moderators() -> Response:
    """One's own conversation with the moderators: where it is, or where it begins."""
    require(identity.actor(), Act.WRITE_TO_MODERATORS)
    return _open(identity.actor().account_id or 0, None)


@blueprint.post("/conversations/moderators")
def write_to_moderators() -> Response:
    """The first message to them."""
    actor = identity.actor()
    require(actor, Act.WRITE_TO_MODERATORS)

    def verb(session: Session, draft: MessageDraft) -> int:
        return actions.write_to_moderators(session, actor, draft).conversation_id

    return _send(_Letter(None, verb))


@blueprint.get("/conversations/moderators/<name>")
def to_member(name: str) -> Response:
    """The moderators' conversation with a member: where it is, or where it begins."""
    require(identity.actor(), Act.WRITE_AS_MODERATOR)
    member = _member(reading(), name)
    return _open(member.id, member)


@blueprint.post("/conversations/moderators/<name>")
def write_to_member(name: str) -> Response:
    """The first message of a moderator to a member."""
    actor = identity.actor()
    require(actor, Act.WRITE_AS_MODERATOR)

    def verb(session: Session, draft: MessageDraft) -> int:
        return actions.write_to_member(session, actor, _member(session, name), draft).conversation_id

    return _send(_Letter(_member(reading(), name), verb))


def _member(session: Session, name: str) -> Account:
    found = accounts.profile_of(session, name)
    if found.is_placeholder:
        raise NotFound
    return found


def _open(account_id: int, member: Account | None) -> Response:
    found = queries.moderators_conversation_id(reading(), account_id)
    if found is not None:
        return see_other(url_for("conversations.conversation", conversation_id=found))
    return _first_page(MessageForm(formdata=None), member)


def _send(letter: _Letter) -> Response:
    form = MessageForm()
    try:
        if "preview" in request.form:
            return _first_page(form, letter.member, preview=written(form.body.data or "").rendered.html)
        draft = form.draft(written)
        with transaction() as session:
            number = letter.verb(session, draft)
    except (Invalid, TooSoon, Conflict) as error:
        form.show(error if isinstance(error, Invalid) else Invalid(error.sentence))
        return _first_page(form, letter.member, status=error.status)
    return see_other(url_for("conversations.conversation", conversation_id=number))


def _first_page(form: MessageForm, member: Account | None, *, preview: str = "", status: int = 200) -> Response:
    form.begin()
    return render("conversations/moderators.html", status=status, form=form, member=member, preview=preview)
