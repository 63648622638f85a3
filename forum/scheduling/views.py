"""One's own scheduled topics: the list, editing, publishing now, taking back."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, flash, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import kinds
from forum.boards.fields import Input
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, Invalid, NotFound, Sanctioned, SignInNeeded
from forum.core.web.pages import render, see_other
from forum.core.web.running import settings
from forum.core.web.sizes import takes_files
from forum.core.words import gettext as _
from forum.core.zones import time_zones
from forum.drafts import forms as drafts
from forum.drafts import queries as kept
from forum.drafts.actions import settle
from forum.drafts.forms import Keeping
from forum.holds.models import HeldPost
from forum.permissions import Act, Actor, require
from forum.posts.addresses import topic_path
from forum.posts.drafts import Written
from forum.posts.forms import TopicForm, topic_form
from forum.posts.forms.voices import voices_of
from forum.posts.written import written_by
from forum.scheduling import actions, queries
from forum.scheduling.actions import KEY, PLACE
from forum.scheduling.models import ScheduledTopic
from forum.uploads.forms import attach, is_attaching

blueprint = Blueprint("scheduling", __name__)


@blueprint.get(PLACE)
def index() -> Response:
    """What one has waiting."""
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to see your scheduled topics."))
    return render("scheduling/index.html", rows=queries.scheduled(reading(), actor))


@blueprint.get(f"{PLACE}/<int:scheduled_id>/edit")
def edit(scheduled_id: int) -> Response:
    """The form, filled with what waits."""
    actor = identity.actor()
    row = queries.one(reading(), actor, scheduled_id)
    require(actor, Act.KEEP_SCHEDULED, row)
    draft = kept.draft(reading(), actor, queries.DRAFTS, row.id)
    form = _form(actor, row, drafts.as_form(draft) if draft else None)
    if draft is None:
        form.refill(row)
        form.refill_along({KEY: {"publish_at": row.publish_at.isoformat()}})
    return _page(row, form, keeping=drafts.opened(queries.DRAFTS, row.id, draft))


@blueprint.post(f"{PLACE}/<int:scheduled_id>/edit")
@takes_files
def save(scheduled_id: int) -> Response:
    """Keep what was written, or show how it would look."""
    actor = identity.actor()
    row = queries.one(reading(), actor, scheduled_id)
    form = _form(actor, row)
    try:
        if is_attaching():
            said = attach(actor, form.body)
            return _page(queries.one(reading(), actor, scheduled_id), form, sentence=said)
        if "preview" in request.form:
            return _page(row, form, preview=_written(form.body.data or "", row.board_id).rendered.html)
        draft = form.draft(partial(_written, board_id=row.board_id))
        if KEY not in draft.along:
            raise Invalid(_("Say when. To have it published now, press “Publish now” in the list."), "later-publish_at")
        with transaction() as session:
            row = queries.one(session, actor, scheduled_id, lock=True)
            actions.reschedule(session, actor, row, draft, draft.along[KEY])
            settle(session, actor, queries.DRAFTS, row.id, drafts.attempt())
    except (NotFound, Sanctioned):
        raise  # published meanwhile: the page that says so gives the words back
    except Invalid as error:
        form.show(error)
        return _page(queries.one(reading(), actor, scheduled_id), form, status=error.status)
    except ForumError as error:
        row = queries.one(reading(), actor, scheduled_id)
        return _page(row, form, status=error.status, sentence=error.sentence)
    flash(_("It is kept, and waits for its time."), "success")
    return see_other(PLACE)


@blueprint.post(f"{PLACE}/<int:scheduled_id>/publish")
def publish(scheduled_id: int) -> Response:
    """Do not wait."""
    actor = identity.actor()
    row = queries.one(reading(), actor, scheduled_id)
    source = row.source
    body = _written(source, row.board_id)
    with transaction() as session:
        row = queries.one(session, actor, scheduled_id, lock=True)
        if row.source != source:
            raise Invalid(_("It was changed in another window meanwhile. Look once more."))
        made = actions.publish(session, actor, row, body, by_hand=True)
        url = None if isinstance(made, HeldPost) else topic_path(made.topic)
    if url is None:
        flash(_("It waits: a moderator reads it first. You can still change it here."), "success")
    return see_other(url or "/held")


@blueprint.post(f"{PLACE}/<int:scheduled_id>/cancel")
def cancel(scheduled_id: int) -> Response:
    """Take it back."""
    actor = identity.actor()
    with transaction() as session:
        actions.cancel(session, actor, queries.one(session, actor, scheduled_id, lock=True))
    flash(_("It will not be published."), "success")
    return see_other(PLACE)


def _written(source: str, board_id: int) -> Written:
    return written_by(reading(), identity.actor(), source, settings().base_url, board_id=board_id)


def _form(actor: Actor, row: ScheduledTopic, filled: MultiDict[str, str] | None = None) -> TopicForm:
    """The form, with what was sent in it, or kept of it (`filled`)."""
    given = {"formdata": filled} if filled is not None else {}
    kind = kinds.of_board(row.board.kind, row.board.required_fields)
    form = topic_form(kind)(voices=voices_of(actor, row.board_id, begins=True), **given)
    form.body.label.text = form.kind.text_label
    form.offer_tags(reading(), actor, row.board, row.tags)
    return form


def _page(
    row: ScheduledTopic,
    form: TopicForm,
    *,
    status: int = 200,
    sentence: str = "",
    preview: str = "",
    keeping: Keeping | None = None,
) -> Response:
    zones = time_zones() if any(field.input is Input.ZONE for field in form.kind.fields) else ()
    return render(
        "scheduling/edit.html",
        status=status,
        row=row,
        board=row.board,
        kind=form.kind,
        form=form,
        sentence=sentence,
        preview=preview,
        zones=zones,
        keeping=keeping or drafts.as_sent(queries.DRAFTS, row.id),
    )
