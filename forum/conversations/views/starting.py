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
from forum.conversations.queries.spots import LETTER, MODERATORS, TO_GROUP
from forum.conversations.views import blueprint
from forum.conversations.views.rendering import written
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid, NotFound, TooSoon
from forum.core.web.pages import render, see_other
from forum.core.web.sizes import takes_files
from forum.drafts import forms as drafts
from forum.drafts import queries as kept
from forum.drafts.actions import settle
from forum.drafts.forms import Keeping
from forum.groups import queries as groups
from forum.groups.queries import Standing
from forum.permissions import Act, require
from forum.uploads.forms import attach, is_attaching


@blueprint.get("/conversations/new")
def new() -> Response:
    """An empty page, to the people or the group of the address (`?to=ada,bo`, `?group=tuners`), or with what was begun
    there."""
    actor = identity.actor()
    require(actor, Act.START_CONVERSATION)
    to, slug = request.args.get("to", "")[:500], request.args.get("group", "")
    group = _group(slug)
    place, place_id = (TO_GROUP, group.group.id) if group is not None else (LETTER, _only_one(to))
    draft = kept.draft(reading(), actor, place, place_id)
    form = StartForm(formdata=drafts.as_form(draft)) if draft else StartForm(formdata=None, data={"people": to})
    return _start_page(form, group, keeping=drafts.opened(place, place_id, draft))


@blueprint.post("/conversations/new")
@takes_files
def start() -> Response:
    """Begin it, or show how the first message would look."""
    actor, form, slug = identity.actor(), StartForm(), request.form.get("group", "")
    require(actor, Act.START_CONVERSATION)
    try:
        if is_attaching():
            return _start_page(form, _group(slug), sentence=attach(actor, form.body))
        if "preview" in request.form:
            return _start_page(form, _group(slug), preview=written(form.body.data or "").rendered.html)
        draft = StartDraft(
            form.draft(written), tuple((form.people.data or "").split(",")[:30]), slug, form.title.data or ""
        )
        with transaction() as session:
            about = actions.start(session, actor, draft)
            place, place_id = (TO_GROUP, about.group_id) if about.group_id is not None else (LETTER, form.at())
            settle(session, actor, place, place_id, drafts.attempt())
            number = about.id
    except (Invalid, TooSoon) as error:
        form.show(error if isinstance(error, Invalid) else Invalid(error.sentence))
        return _start_page(form, _group(slug), status=error.status)
    return see_other(url_for("conversations.conversation", conversation_id=number))


def _only_one(names: str) -> int:
    """The account that the one name leads to, by which the draft of a letter is kept; 0 where it does not."""
    found = queries.people_by_names(reading(), names.split(",")[:2])
    person = found[0][1] if len(found) == 1 else None
    return person.id if person is not None else 0


def _group(slug: str) -> Standing | None:
    if not slug:
        return None
    group = groups.standing(reading(), identity.actor(), slug)
    require(identity.actor(), Act.WRITE_TO_GROUP, group)
    return group


def _start_page(
    form: StartForm,
    group: Standing | None,
    *,
    preview: str = "",
    sentence: str = "",
    status: int = 200,
    keeping: Keeping | None = None,
) -> Response:
    form.begin()
    keeping = keeping or (
        drafts.as_sent(TO_GROUP, group.group.id) if group is not None else drafts.as_sent(LETTER, form.at())
    )
    form.letter.data = str(keeping.place_id)
    return render(
        "conversations/new.html",
        status=status,
        form=form,
        group=group,
        preview=preview,
        sentence=sentence,
        keeping=keeping,
    )


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
@takes_files
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
@takes_files
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
    draft = kept.draft(reading(), identity.actor(), MODERATORS, account_id)
    form = MessageForm(formdata=drafts.as_form(draft) if draft else None)
    return _first_page(form, member, keeping=drafts.opened(MODERATORS, account_id, draft))


def _send(letter: _Letter) -> Response:
    actor, form = identity.actor(), MessageForm()
    try:
        if is_attaching():
            return _first_page(form, letter.member, sentence=attach(actor, form.body))
        if "preview" in request.form:
            return _first_page(form, letter.member, preview=written(form.body.data or "").rendered.html)
        draft = form.draft(written)
        with transaction() as session:
            number = letter.verb(session, draft)
            settle(session, actor, MODERATORS, _about(letter.member), drafts.attempt())
    except (Invalid, TooSoon, Conflict) as error:
        form.show(error if isinstance(error, Invalid) else Invalid(error.sentence))
        return _first_page(form, letter.member, status=error.status)
    return see_other(url_for("conversations.conversation", conversation_id=number))


def _about(member: Account | None) -> int:
    """Whose conversation with the moderators it is."""
    return member.id if member is not None else identity.actor().account_id or 0


def _first_page(
    form: MessageForm,
    member: Account | None,
    *,
    preview: str = "",
    sentence: str = "",
    status: int = 200,
    keeping: Keeping | None = None,
) -> Response:
    form.begin()
    return render(
        "conversations/moderators.html",
        status=status,
        form=form,
        member=member,
        preview=preview,
        sentence=sentence,
        keeping=keeping or drafts.as_sent(MODERATORS, _about(member)),
    )
