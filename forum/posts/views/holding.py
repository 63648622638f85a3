"""One's own words that wait for a moderator: the list, changing them, taking them back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import flash, request, url_for
from flask_babel import format_timedelta
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import kinds
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, Invalid, SignInNeeded
from forum.core.web.pages import render, see_other
from forum.core.web.sizes import takes_files
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.holds import wording
from forum.holds.models import HeldPost
from forum.holds.queries import UsualTime
from forum.organization.voices import Voice
from forum.permissions import Act, Actor, require
from forum.posts import actions
from forum.posts.drafts import IN_PERSON, ReplyDraft, TopicDraft
from forum.posts.forms import ReplyForm, TopicForm, topic_form
from forum.posts.limits import AskFirst
from forum.posts.queries import held as queries
from forum.posts.views import blueprint
from forum.posts.views.choices import zone_choices
from forum.posts.views.guarding import led
from forum.posts.views.rendering import written
from forum.uploads.forms import attach, is_attaching

PLACE = "/held"


def waits(path: str) -> Response:
    """To where it stands for its author."""
    said = _("It waits: a moderator reads it first. Until then only you see it, and can still change it.")
    return led(f"{path}#waiting", said)


def usually(usual: UsualTime) -> str:
    """How long moderators take, as a sentence."""
    if not usual.is_measured:
        return _("How long that takes cannot be said yet: too few were read so far.")
    return ngettext(
        "Of the last %(num)s, half were read within %(time)s.",
        "Of the last %(num)s, half were read within %(time)s.",
        usual.count,
        time=format_timedelta(usual.time, granularity="minute"),
    )


blueprint.add_app_template_filter(usually)
blueprint.add_app_template_filter(wording.kind_words, "why_it_waits")
blueprint.add_app_template_filter(wording.exact_words, "why_it_was_held")


@blueprint.get(PLACE)
def held() -> Response:
    """All of them, and what became of each."""
    return render("holds/index.html", waits=queries.own_held(reading(), _member()))


@blueprint.get(f"{PLACE}/<int:held_id>/edit")
def edit_held(held_id: int) -> Response:
    """The form, filled with what waits."""
    actor = _member()
    row = queries.held(reading(), actor, held_id)
    require(actor, Act.KEEP_HELD, row)
    form = _form(actor, row)
    if isinstance(form, TopicForm):
        form.refill(row)
    else:
        form.body.data = row.source
        form.refill_along(row.along)
    return _page(row, form)


@blueprint.post(f"{PLACE}/<int:held_id>/edit")
@takes_files
def save_held(held_id: int) -> Response:
    """Say it otherwise, or show how it would look."""
    actor = _member()
    row = queries.held(reading(), actor, held_id)
    require(actor, Act.KEEP_HELD, row)
    form, confirmed = _form(actor, row), tuple(request.form.getlist("confirmed"))[:8]
    try:
        if is_attaching():
            said = attach(actor, form.body)
            return _page(queries.held(reading(), actor, held_id), form, sentence=said)
        if "preview" in request.form:
            html = written(form.body.data or "", board_id=row.board_id).rendered.html
            return _page(row, form, preview=html)
        draft = _draft(row, form, confirmed)
        with transaction() as session:
            row = queries.held(session, actor, held_id, lock=True)
            actions.edit_held(session, actor, row, queries.topic_of(session, actor, row), draft)
    except ForumError as error:
        row = queries.held(reading(), actor, held_id)
        if isinstance(error, Invalid):
            form.show(error)
            return _page(row, form, status=error.status, confirmed=confirmed)
        ask = error.key if isinstance(error, AskFirst) else ""
        return _page(row, form, status=error.status, sentence=error.sentence, ask=ask, confirmed=confirmed)
    flash(_("Saved. It waits on."), "success")
    return see_other(url_for("posts.held"))


@blueprint.post(f"{PLACE}/<int:held_id>/withdraw")
def withdraw_held(held_id: int) -> Response:
    """Take it back."""
    actor = _member()
    with transaction() as session:
        actions.withdraw_held(session, actor, queries.held(session, actor, held_id, lock=True))
    flash(_("It is not posted. Its text stays here for a while."), "success")
    return see_other(url_for("posts.held"))


def _member() -> Actor:
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to see what of yours waits."))
    return actor


def _form(actor: Actor, row: HeldPost) -> TopicForm | ReplyForm:
    """As it was first filled in. How staff speak in it stays."""
    form: TopicForm | ReplyForm
    if row.topic_id is not None:
        form = ReplyForm(voices=None)
    else:
        kind = kinds.of_board(row.board.kind, row.board.required_fields)
        form = topic_form(kind)(voices=None)
        form.body.label.text = form.kind.text_label
        form.offer_tags(reading(), actor, row.board, row.tags)
    form.companions = [(companion, part) for companion, part in form.companions if companion.instead is None]
    return form


def _draft(row: HeldPost, form: TopicForm | ReplyForm, confirmed: tuple[str, ...]) -> TopicDraft | ReplyDraft:
    write = partial(written, board_id=row.board_id)
    draft = (
        form.draft(write, confirmed)
        if isinstance(form, TopicForm)
        else form.draft(write, row.reply_to_number, confirmed)
    )
    return replace(draft, voice=Voice(**row.voice), arrival=IN_PERSON)


def _page(
    row: HeldPost,
    form: TopicForm | ReplyForm,
    *,
    status: int = 200,
    sentence: str = "",
    preview: str = "",
    ask: str = "",
    confirmed: tuple[str, ...] = (),
) -> Response:
    is_topic = isinstance(form, TopicForm)
    return render(
        "holds/edit.html",
        status=status,
        row=row,
        topic=queries.topic_of(reading(), identity.actor(), row),
        board=row.board,
        is_topic=is_topic,
        form=form,
        sentence=sentence,
        preview=preview,
        ask=ask,
        confirmed=confirmed,
        zones=zone_choices(form.kind) if isinstance(form, TopicForm) else (),
    )
