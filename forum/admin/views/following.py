"""How those who never chose follow a board: its default, given to them all and taken back, with a log."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.admin.views.gate import ID, guard, press
from forum.boards import queries as boards
from forum.core.db import reading
from forum.core.web.pages import render
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.following import actions, queries
from forum.following.levels import OF_PLACES, place_levels

blueprint = Blueprint("admin_following", __name__, url_prefix="/admin/boards")
blueprint.before_request(guard)


@blueprint.get(f"/<{ID}:board_id>/following")
def show(board_id: int) -> Response:
    """The default, whom it would change if it were given to all now, and what was done before."""
    asked = request.args.get("level", "")
    page = queries.default_page(reading(), identity.actor(), board_id, asked if asked in OF_PLACES else "")
    return render("admin/following.html", page=page, board=page.board, levels=place_levels())


@blueprint.post(f"/<{ID}:board_id>/following")
def choose(board_id: int) -> Response:
    """From now on, for those who join."""
    level = request.form.get("level", "")

    def verb(session: Session) -> str:
        actions.set_default(session, identity.actor(), boards.board_for_admin(session, board_id), level)
        return _("Who joins from now on follows the board so.")

    return press(verb, _here(board_id))


@blueprint.post(f"/<{ID}:board_id>/following/apply")
def apply(board_id: int) -> Response:
    """And for everybody who never chose."""

    def verb(session: Session) -> str:
        board = boards.board_for_admin(session, board_id)
        people = actions.apply_default(session, identity.actor(), board).people
        return ngettext("%(num)s member has this level now.", "%(num)s members have this level now.", people)

    return press(verb, _here(board_id))


@blueprint.post(f"/<{ID}:board_id>/following/<{ID}:application_id>/undo")
def undo(board_id: int, application_id: int) -> Response:
    """Not after all."""

    def verb(session: Session) -> str:
        application = queries.application_for_update(session, board_id, application_id)
        actions.undo_default(session, identity.actor(), application)
        return _("Taken back from everybody who has not chosen since.")

    return press(verb, _here(board_id))


def _here(board_id: int) -> str:
    return url_for("admin_following.show", board_id=board_id)
