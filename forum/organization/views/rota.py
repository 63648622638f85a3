"""The rota: who is on duty when, for the organization's people; said by its hosts and by administrators."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Conflict
from forum.core.web.forms import done
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.organization import actions, wording
from forum.organization.forms.rota import WHEN, ShiftForm
from forum.organization.queries.chartering import chartered_organization
from forum.organization.queries.rota import shift as find_shift
from forum.organization.queries.rota_page import RotaPage, rota_page
from forum.organization.rota_models import ShiftRow
from forum.organization.views import blueprint
from forum.permissions import Act, require

TWO_WEEKS = timedelta(days=14)
_ID = "int(max=2147483647)"


@blueprint.get("/organization/rota")
def rota() -> Response:
    """Two weeks at a glance. A link from a gap fills the form in."""
    page = rota_page(reading(), identity.actor(), _asked_day())
    return _page(page, _empty(page))


@blueprint.post("/organization/rota")
def add_shift() -> Response:
    """Put somebody on it, for as many weeks as they say."""
    actor = identity.actor()
    page = rota_page(reading(), actor)
    form = ShiftForm(people=page.people, boards=page.boards)

    def verb(session: Session) -> str:
        draft = form.draft()
        actions.add_shifts(session, actor, chartered_organization(session), draft)
        return ngettext("On the rota.", "On the rota, for %(num)s weeks.", draft.weeks)

    return see_other(url_for("organization.rota")) if done(form, verb) else _page(page, form, status=422)


@blueprint.get(f"/organization/rota/<{_ID}:shift_id>")
def shift(shift_id: int) -> Response:
    """The form of one shift."""
    page, row = _found(shift_id)
    zone = ZoneInfo(row.zone)
    said = {
        "role": row.role,
        "person": row.person_id,
        "backup": row.backup_id or 0,
        "since": row.since.astimezone(zone).replace(tzinfo=None),
        "until": row.until.astimezone(zone).replace(tzinfo=None),
        "zone": row.zone,
        "boards": row.board_ids,
    }
    form = ShiftForm(formdata=None, people=page.people, boards=page.boards, data=said)
    return _shift(page, row, form)


@blueprint.post(f"/organization/rota/<{_ID}:shift_id>")
def change_shift(shift_id: int) -> Response:
    """Change it."""
    page, row = _found(shift_id)
    form = ShiftForm(people=page.people, boards=page.boards)

    def verb(session: Session) -> str:
        organization, there = chartered_organization(session), find_shift(session, shift_id, locked=True)
        actions.change_shift(session, identity.actor(), organization, there, form.draft(weeks=False))
        return _("The shift is changed, and whom it concerns hears of it.")

    if done(form, verb):
        return see_other(url_for("organization.rota"))
    return _shift(page, row, form, status=422)


@blueprint.post(f"/organization/rota/<{_ID}:shift_id>/remove")
def remove_shift(shift_id: int) -> Response:
    """Take it off."""
    try:
        with transaction() as session:
            organization, there = chartered_organization(session), find_shift(session, shift_id, locked=True)
            had_begun = actions.remove_shift(session, identity.actor(), organization, there)
        off, ended = _("The shift is off the rota, and whose it was hears of it."), _("The shift ended just now.")
        flash(ended if had_begun else off, "success")
    except Conflict as error:
        flash(error.sentence, "error")
    return see_other(url_for("organization.rota"))


def _found(shift_id: int) -> tuple[RotaPage, ShiftRow]:
    session, actor = reading(), identity.actor()
    require(actor, Act.KEEP_ROTA, chartered_organization(session))
    return rota_page(session, actor), find_shift(session, shift_id)


def _shift(page: RotaPage, row: ShiftRow, form: ShiftForm, *, status: int = 200) -> Response:
    has_begun = row.since < clock.now()
    return render("organization/shift.html", status=status, page=page, row=row, form=form, has_begun=has_begun)


def _asked_day() -> date | None:
    try:
        day = date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day <= date(2200, 1, 1) else None


def _empty(page: RotaPage) -> ShiftForm:
    said: dict[str, object] = {"zone": page.zone, "role": request.args.get("role", "responder")}
    for name in ("since", "until"):
        try:
            said[name] = datetime.strptime(request.args.get(name, ""), WHEN)  # noqa: DTZ007  in the zone beside it
        except ValueError:
            continue
    return ShiftForm(formdata=None, people=page.people, boards=page.boards, data=said)


def _page(page: RotaPage, form: ShiftForm, *, status: int = 200) -> Response:
    return render("organization/rota.html", status=status, page=page, form=form, two_weeks=TWO_WEEKS, wording=wording)
