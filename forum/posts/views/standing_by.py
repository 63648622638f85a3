"""One's own stand-bys, what Hosts are asked, and the public list of what was posted all the same."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, request, url_for
from flask_babel import format_timedelta
from werkzeug.wrappers import Response

from forum import identity
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid, NotFound, SignInNeeded
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.organization import wording as organization_words
from forum.organization.overriding import number
from forum.organization.queries import incidents
from forum.permissions import Act, Actor, Role, require
from forum.posts import actions, queries, wording
from forum.posts.guard_models import StandBy
from forum.posts.queries import guarded
from forum.posts.views import blueprint
from forum.posts.views.asking import asked_page
from forum.posts.views.rendering import written

PLACE = "/stand-bys"


@blueprint.get(PLACE)
def stand_bys() -> Response:
    """One's own, and what is asked of a Host."""
    actor, session = _member(), reading()
    rows = guarded.stand_bys(session, actor)
    if actor.belonging is None and not rows:
        raise NotFound
    asked_by = guarded.asked_by(session, actor)
    return render(
        "posts/stand_bys.html",
        rows=rows,
        asked_of=guarded.asked_of(session, actor),
        asked_by=asked_by,
        spots=queries.spots(session, actor, [(row.place, row.place_id) for row in asked_by]),
        is_host=actor.speaks_as(Role.HOST),
        wording=wording,
        words=organization_words,
        number=number,
        span=_span,
    )


@blueprint.get(f"{PLACE}/<int:stand_by_id>/edit")
def edit_stand_by(stand_by_id: int) -> Response:
    """The form."""
    actor = _member()
    row = guarded.stand_by(reading(), actor, stand_by_id)
    require(actor, Act.KEEP_STAND_BY, row)
    return _form(row, row.source)


@blueprint.post(f"{PLACE}/<int:stand_by_id>/edit")
def save_stand_by(stand_by_id: int) -> Response:
    """Say it otherwise."""
    actor, body = _member(), request.form.get("body", "")
    row = guarded.stand_by(reading(), actor, stand_by_id)
    require(actor, Act.KEEP_STAND_BY, row)
    try:
        text = written(body)
        with transaction() as session:
            actions.reword_stand_by(session, actor, guarded.stand_by_for_update(session, actor, stand_by_id), text)
    except (Invalid, Conflict) as error:
        return _form(guarded.stand_by(reading(), actor, stand_by_id), body, error.sentence, error.status)
    flash(_("Saved. It waits on."), "success")
    return see_other(url_for("posts.stand_bys"))


@blueprint.post(f"{PLACE}/<int:stand_by_id>/withdraw")
def withdraw_stand_by(stand_by_id: int) -> Response:
    """Do not post it."""
    actor = _member()
    with transaction() as session:
        actions.withdraw_stand_by(session, actor, guarded.stand_by_for_update(session, actor, stand_by_id))
    flash(_("It is not posted. Its text stays here."), "success")
    return see_other(url_for("posts.stand_bys"))


@blueprint.post(f"{PLACE}/requests/<int:request_id>/approve")
def approve_request(request_id: int) -> Response:
    """Give leave."""
    return _answer(request_id, is_approved=True)


@blueprint.post(f"{PLACE}/requests/<int:request_id>/decline")
def decline_request(request_id: int) -> Response:
    """Ask to wait."""
    return _answer(request_id, is_approved=False)


@blueprint.get("/organization/overrides")
def overrides() -> Response:
    """What was posted although a rule said wait."""
    page = guarded.overrides_page(reading(), identity.actor(), asked_page())
    return render(
        "posts/overrides.html",
        page=page,
        words=organization_words,
        number=number,
        span=_span,
        degraded_since=incidents.degraded_since(reading(), clock.now()),
    )


def _span(kept: str) -> str:
    """A time as overrides keep it, in words."""
    return str(format_timedelta(timedelta(minutes=int(kept))))


def _answer(request_id: int, *, is_approved: bool) -> Response:
    actor = _member()
    with transaction() as session:
        row = guarded.request_for_update(session, actor, request_id)
        actions.answer_request(session, actor, row, is_approved=is_approved)
    said = _("They may post it now, for a day.") if is_approved else _("They are told to wait.")
    flash(said, "success")
    return see_other(url_for("posts.stand_bys"))


def _form(row: StandBy, body: str, sentence: str = "", status: int = 200) -> Response:
    return render("posts/stand_by_edit.html", status=status, row=row, body=body, sentence=sentence)


def _member() -> Actor:
    """Who no longer speaks for an organization still finds their words."""
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to do this."))
    return actor
