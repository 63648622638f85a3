"""The centre: what a member should hear about, what they have seen of it, and the way there."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from flask import flash, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, NotFound, SignInNeeded
from forum.core.web.afterwards import afterwards
from forum.core.web.pages import local_or, render, see_other
from forum.core.words import gettext as _
from forum.notifications import actions, queries
from forum.notifications.views import blueprint
from forum.permissions import Actor

_LAST_PAGE = 10**5


def _member() -> Actor:
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to see your notices."))
    return actor


@blueprint.get("/notices")
def centre() -> Response:
    """All notices, or those of a kind."""
    typed = request.args.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
    if not 1 <= page <= _LAST_PAGE:
        raise NotFound
    found = queries.centre(reading(), _member(), request.args.get("show", queries.ALL), page)
    return render("notifications/centre.html", centre=found)


@blueprint.get("/notices/<int:notice_id>")
def go(notice_id: int) -> Response:
    """To what it is about; the notice is seen then."""
    actor = _member()
    line = queries.own_line(reading(), actor, notice_id)
    answer = redirect(local_or(line.opens, url_for("notifications.centre")), 303)
    return afterwards(answer, partial(_seen, actor=actor, notice_id=notice_id)) if line.unread else answer


def _seen(session: Session, actor: Actor, notice_id: int) -> None:
    actions.mark_seen(session, actor, queries.own(session, actor, notice_id))


@blueprint.post("/notices/<int:notice_id>/seen")
def mark_seen(notice_id: int) -> Response:
    """One line is seen."""
    actor = _member()
    with transaction() as session:
        at = actions.mark_seen(session, actor, queries.own(session, actor, notice_id))
    return _marked(_("Marked as read."), at)


@blueprint.post("/notices/seen")
def mark_all_seen() -> Response:
    """Everything is."""
    actor = _member()
    with transaction() as session:
        at = actions.mark_all_seen(session, actor)
    return _marked(_("All notices are marked as read."), at)


@blueprint.post("/notices/unseen")
def unmark() -> Response:
    """It was a slip: they are unread again."""
    actor = _member()
    try:
        at = datetime.fromisoformat(request.form.get("at", ""))
    except ValueError:
        raise Invalid(_("There is nothing to undo.")) from None
    if at.tzinfo is None:
        raise Invalid(_("There is nothing to undo."))
    with transaction() as session:
        actions.unmark(session, actor, at)
    flash(_("They are unread again."), "success")
    return see_other(_back())


@blueprint.get("/settings/notices")
def settings() -> Response:
    """How one wants to hear of what."""
    return render("notifications/settings.html", matrix=queries.matrix(reading(), _member()))


@blueprint.post("/settings/notices")
def choose() -> Response:
    """Something else."""
    actor = _member()
    pairs = [value.partition(":") for value in request.form.getlist("on")]
    with transaction() as session:
        actions.choose_channels(session, actor, {(kind, channel) for kind, _colon, channel in pairs})
    flash(_("Saved."), "success")
    return see_other(url_for("notifications.settings"))


def _marked(sentence: str, at: datetime) -> Response:
    words = render_template("notifications/undo.html", sentence=sentence, at=at.isoformat(), back=_back())
    flash(Markup(words), "success")  # noqa: S704
    return see_other(_back())


def _back() -> str:
    return local_or(request.form.get("next"), url_for("notifications.centre"))
