"""Suggesting another wording of a post; those that wait for one's decision, and one's own."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, ForumError, Invalid, NotFound, Refused
from forum.core.markup import SourceKind
from forum.core.web.forms import row_id
from forum.core.web.pages import local_or, render, see_other
from forum.core.web.running import settings
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, allows, require
from forum.posts import queries as posts
from forum.posts.addresses import number_path
from forum.posts.diff import condensed, diff
from forum.posts.drafts import Written
from forum.posts.forms.asking_again import tell_if_lost
from forum.posts.models import Post
from forum.posts.written import written_by
from forum.suggestions import actions, queries
from forum.suggestions.forms import AnswerForm, SuggestForm
from forum.suggestions.models import ACCEPTED, Suggestion

blueprint = Blueprint("suggestions", __name__)

_ID = "int(max=2147483647)"


# ── suggesting ────────────────────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get(f"/p/<{_ID}:post_id>/suggest")
def suggesting(post_id: int) -> Response:
    """The form, filled with what stands there, or with what one suggested before. Whoever may edit, edits."""
    session, actor = reading(), identity.actor()
    post = posts.post(session, actor, post_id)
    if allows(actor, Act.EDIT_POST, post):
        return see_other(url_for("posts.edit", post_id=post_id))
    require(actor, Act.SUGGEST_EDIT, post)
    said = queries.said_now(session, [post])[post.id]
    form = SuggestForm(formdata=None, opens=post.is_opening, data={"seen": said.fingerprint})
    before = queries.open_of(session, actor.account_id or 0, post.id)
    form.fill(said if before is None else queries.proposed_by(before), before.reason if before else "")
    return _form_page(post, form, is_waiting=before is not None)


@blueprint.post(f"/p/<{_ID}:post_id>/suggest")
def suggest(post_id: int) -> Response:
    """Send it, or look at what it changes."""
    actor = identity.actor()
    post = posts.post(reading(), actor, post_id)
    require(actor, Act.SUGGEST_EDIT, post)
    form = SuggestForm(opens=post.is_opening)
    try:
        body = _written(actor, form.body.data or "", post)
        if "preview" in request.form:
            return _form_page(post, form, shows=True)
        with transaction() as session:
            there = posts.post_for_update(session, actor, post_id)
            actions.suggest(session, actor, there, form.draft(body))
    except (NotFound, Refused):
        raise
    except Conflict as error:
        post = posts.post(reading(), actor, post_id)
        form.seen.data = queries.said_now(reading(), [post])[post.id].fingerprint
        return _form_page(post, form, error.status, sentence=error.sentence, theirs=post.source)
    except Invalid as error:
        form.show(error)
        return _form_page(post, form, error.status)
    except ForumError as error:
        return _form_page(post, form, error.status, sentence=error.sentence)
    flash(_("Sent. You hear what becomes of it."), "success")
    return see_other(number_path(post.topic, post.number))


def _form_page(
    post: Post,
    form: SuggestForm,
    status: int = 200,
    *,
    sentence: str = "",
    theirs: str = "",
    shows: bool = False,
    is_waiting: bool = False,
) -> Response:
    changes = title = None
    if shows:
        changes = condensed(diff(post.source, (form.body.data or "").replace("\r\n", "\n").rstrip()))
        title = diff(post.topic.title, form.title.data or "") if form.opens else None
    return render(
        "suggestions/suggest.html",
        status=status,
        post=post,
        topic=post.topic,
        form=form,
        sentence=sentence,
        theirs=theirs,
        pieces=changes,
        title_pieces=title,
        is_waiting=is_waiting,
    )


# ── deciding ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@blueprint.get("/suggestions")
def overview() -> Response:
    """What waits for one's decision, and what one suggested."""
    session, actor = reading(), identity.actor()
    require(actor, Act.KEEP_DRAFT)
    waiting, own = queries.waiting_for(session, actor), queries.own(session, actor)
    return render("suggestions/overview.html", waiting=waiting, own=own, form=AnswerForm(formdata=None))


@blueprint.get(f"/suggestions/<{_ID}:suggestion_id>")
def one(suggestion_id: int) -> Response:
    """One suggestion, and what became of it."""
    session, actor = reading(), identity.actor()
    found = queries.suggestion(session, actor, suggestion_id)
    view = queries.view(session, actor, found)
    return render("suggestions/page.html", view=view, post=found.post, form=AnswerForm(formdata=None))


@blueprint.post(f"/suggestions/<{_ID}:suggestion_id>/accept")
def accept(suggestion_id: int) -> Response:
    """Take it over."""
    actor = identity.actor()
    view = queries.view(reading(), actor, queries.suggestion(reading(), actor, suggestion_id))
    fitted, post = view.fitted, view.suggestion.post

    def verb(session: Session, row: Suggestion) -> str:
        if body is None:
            raise Conflict(_("It was decided meanwhile, or the post was changed since: look at it once more."))
        actions.accept(session, actor, row, _version(), body)
        return _("Taken over. The history names who suggested it.")

    body = None if fitted is None else _written(actor, fitted.source, post)
    return _decide(suggestion_id, verb)


@blueprint.post(f"/suggestions/<{_ID}:suggestion_id>/decline")
def decline(suggestion_id: int) -> Response:
    """Leave the post as it is."""
    form = AnswerForm()

    def verb(session: Session, row: Suggestion) -> str:
        actions.decline(session, identity.actor(), row, _version(), form.answer.data or "")
        return _("The post stays as it is, and they are told.")

    return _decide(suggestion_id, verb)


@blueprint.post(f"/suggestions/<{_ID}:suggestion_id>/reopen")
def reopen(suggestion_id: int) -> Response:
    """Think better of either."""
    actor = identity.actor()
    found = queries.suggestion(reading(), actor, suggestion_id)
    former = str(found.before.get("source", "")) if found.state == ACCEPTED else ""
    body = _written(actor, former, found.post) if former else None

    def verb(session: Session, row: Suggestion) -> str:
        actions.reopen(session, actor, row, _version(), body)
        return _("Taken back: the suggestion waits again.")

    return _decide(suggestion_id, verb)


@blueprint.post(f"/suggestions/<{_ID}:suggestion_id>/withdraw")
def withdraw(suggestion_id: int) -> Response:
    """Take one's own back."""

    def verb(session: Session, row: Suggestion) -> str:
        actions.withdraw(session, identity.actor(), row)
        return _("You took your suggestion back.")

    return _decide(suggestion_id, verb)


def _decide(suggestion_id: int, verb: Callable[[Session, Suggestion], str]) -> Response:
    """One button, one change; whoever comes second is told what happened."""
    try:
        with transaction() as session:
            row = queries.suggestion(session, identity.actor(), suggestion_id, lock=True)
            topic, was = row.post.topic, row.post.topic.notice
            said = verb(session, row)
        flash(said, "success")
        tell_if_lost(identity.actor(), topic, was)
    except (NotFound, Refused):
        raise
    except ForumError as error:
        flash(error.sentence, "error")
    return see_other(local_or(request.form.get("next"), url_for("suggestions.one", suggestion_id=suggestion_id)))


def _version() -> int:
    return row_id(request.form.get("version", ""))


def _written(actor: Actor, source: str, post: Post) -> Written:
    return written_by(
        reading(), actor, source, settings().base_url, SourceKind(post.source_kind), board_id=post.board_id
    )
