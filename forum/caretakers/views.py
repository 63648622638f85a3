"""Who looks after a board, for everybody; and the answer of whoever is asked to."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.boards.models import Appointment
from forum.caretakers import actions, queries
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.permissions import Actor

blueprint = Blueprint("caretakers", __name__)

_ID = "int(max=2147483647)"
Verb = Callable[[Session, Actor, Appointment], None]


@blueprint.get("/b/<slug>/moderators")
def page(slug: str) -> Response:
    """Who they are, until when, and which of them belong to an organization."""
    found = queries.caretakers_page(reading(), identity.actor(), slug)
    if found.board.slug != slug:
        return see_other(url_for("caretakers.page", slug=found.board.slug))
    return render("caretakers/page.html", page=found, board=found.board)


@blueprint.post(f"/appointments/<{_ID}:appointment_id>/accept")
def accept(appointment_id: int) -> Response:
    """Yes."""
    return _do(appointment_id, actions.accept, _("Thank you! You look after this board from now on."))


@blueprint.post(f"/appointments/<{_ID}:appointment_id>/decline")
def decline(appointment_id: int) -> Response:
    """No."""
    return _do(appointment_id, actions.decline, _("That is all right: nothing begins."))


@blueprint.post(f"/appointments/<{_ID}:appointment_id>/resign")
def resign(appointment_id: int) -> Response:
    """Not any more."""
    return _do(appointment_id, actions.resign, _("You look after this board no more. Thank you for what you did."))


def _do(appointment_id: int, verb: Verb, said: str) -> Response:
    actor = identity.actor()
    slug = queries.appointment(reading(), actor, appointment_id).board.slug
    try:
        with transaction() as session:
            verb(session, actor, queries.appointment(session, actor, appointment_id, lock=True))
        flash(said, "success")
    except (Conflict, Invalid) as error:
        flash(error.sentence, "error")
    return see_other(url_for("caretakers.page", slug=slug))
