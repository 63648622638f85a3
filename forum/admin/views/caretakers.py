"""Who looks after a board: members asked for a term, by administrators."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.admin.forms.caretakers import AppointForm
from forum.admin.views.gate import ID, guard, press
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.caretakers import actions, queries
from forum.core.db import reading
from forum.core.errors import Invalid
from forum.core.web.forms import done
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _

blueprint = Blueprint("admin_caretakers", __name__, url_prefix="/admin/boards")
blueprint.before_request(guard)


@blueprint.get(f"/<{ID}:board_id>/moderators")
def show(board_id: int) -> Response:
    """Who is asked, who looks after it, who did; and the form to ask, filled where somebody may go on."""
    form = AppointForm(formdata=None, data={"person": request.args.get("person", ""), "months": 6})
    return _page(boards.board_for_admin(reading(), board_id), form)


@blueprint.post(f"/<{ID}:board_id>/moderators")
def appoint(board_id: int) -> Response:
    """Ask somebody."""
    form = AppointForm()

    def verb(session: Session) -> str:
        board, account = boards.board_for_admin(session, board_id), _account(session, form.person.data or "")
        actions.appoint(session, identity.actor(), board, account, form.months.data or 0, form.reason.data or "")
        return _("%(name)s is asked. Nothing begins before their yes.", name=account.shown_name)

    if done(form, verb):
        return see_other(url_for("admin_caretakers.show", board_id=board_id))
    return _page(boards.board_for_admin(reading(), board_id), form, 422)


@blueprint.post(f"/<{ID}:board_id>/moderators/<{ID}:appointment_id>/end")
def end(board_id: int, appointment_id: int) -> Response:
    """Not any more, or not after all."""

    def verb(session: Session) -> str:
        actor = identity.actor()
        actions.end_term(session, actor, queries.appointment(session, actor, appointment_id, lock=True))
        return _("That has ended, and they are told.")

    return press(verb, url_for("admin_caretakers.show", board_id=board_id))


def _page(board: Board, form: AppointForm, status: int = 200) -> Response:
    page = queries.appointments_page(reading(), identity.actor(), board)
    return render("admin/caretakers.html", status=status, board=board, page=page, form=form)


def _account(session: Session, name: str) -> Account:
    found = accounts.by_name(session, name.strip().removeprefix("@"))
    if found is None:
        raise Invalid(_("There is nobody here by this name."), "person")
    return found
