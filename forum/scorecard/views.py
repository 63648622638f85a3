"""The addresses of the scorecard: as a page, as JSON and as CSV, of each week and version; and reckoning one anew."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, jsonify, request, url_for
from flask import Response as Answer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading
from forum.core.errors import NotFound
from forum.core.web.forms import done, row_id
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.importers.queries import posts_without_affiliation
from forum.organization import charter_words, deciding, wording
from forum.organization.queries import chartering
from forum.organization.stages import Stage
from forum.permissions import Act, require
from forum.scorecard import actions, queries, said, sections, tables, weeks
from forum.scorecard.forms import RecomputeForm
from forum.scorecard.models import Scorecard
from forum.scorecard.pictures import pictures
from forum.scorecard.queries.gathering import reckoned
from forum.scorecard.sentences import in_short

blueprint = Blueprint("scorecard", __name__)

_WEEK = "<string(length=10):week>"


@blueprint.get("/organization/scorecard")
def latest() -> Response:
    """The latest."""
    card = queries.scorecard(reading(), None, None)
    if card is None:
        chartering.chartered_organization(reading())
        return render("scorecard/none_yet.html")
    return _page(card)


@blueprint.get("/organization/scorecard.json")
def latest_json() -> Response:
    """The latest for programs."""
    return _json(queries.found_scorecard(reading(), None, None))


@blueprint.get("/organization/scorecard.csv")
def latest_csv() -> Response:
    """The latest for spreadsheets."""
    return _csv(queries.found_scorecard(reading(), None, None))


@blueprint.get("/organization/scorecard/weeks")
def all_weeks() -> Response:
    """Every week that has one."""
    host = chartering.chartered_organization(reading())
    page = queries.weeks_page(reading(), request.args.get("page", 1, type=int))
    return render("scorecard/weeks.html", organization=host, page=page)


@blueprint.get(f"/organization/scorecard/{_WEEK}")
def of_week(week: str) -> Response:
    """That of a week; `?version=` names an earlier version, `?board=` a board."""
    return _page(_named(reading(), week))


@blueprint.get(f"/organization/scorecard/{_WEEK}.json")
def of_week_json(week: str) -> Response:
    """The same for programs."""
    return _json(_named(reading(), week))


@blueprint.get(f"/organization/scorecard/{_WEEK}.csv")
def of_week_csv(week: str) -> Response:
    """The same for spreadsheets."""
    return _csv(_named(reading(), week))


@blueprint.get(f"/organization/scorecard/{_WEEK}/recompute")
def recomputing(week: str) -> Response:
    """The form."""
    return _form(queries.found_scorecard(reading(), weeks.week_of(week), None), RecomputeForm(formdata=None))


@blueprint.post(f"/organization/scorecard/{_WEEK}/recompute")
def recompute(week: str) -> Response:
    """Reckon it anew: while reading, so that nobody waits; then write it down."""
    card, form, actor = _named(reading(), week), RecomputeForm(), identity.actor()
    require(actor, Act.RECOMPUTE, chartering.chartered_organization(reading()))
    parts = reckoned(reading(), weeks.instant_of(card.week), posts_without_affiliation())

    def verb(session: Session) -> str:
        host = chartering.chartered_organization(session, locked=True)
        base = row_id(form.base.data)
        made = actions.recompute(session, actor, host, card.week, parts, form.reason.data or "", base=base)
        return _("Version %(n)s stands beside the earlier ones, with your reason and what changed.", n=made.version)

    if done(form, verb):
        return see_other(url_for("scorecard.of_week", week=week))
    return _form(queries.found_scorecard(reading(), card.week, None), form, 422)


def _named(session: Session, week: str) -> Scorecard:
    typed = request.args.get("version", "")
    if typed and not (typed.isdecimal() and len(typed) < 9):
        raise NotFound
    return queries.found_scorecard(session, weeks.week_of(week), int(typed) if typed else None)


def _page(card: Scorecard) -> Response:
    host = chartering.chartered_organization(reading())
    shown = queries.page(reading(), identity.actor(), card, request.args.get("board", ""))
    data = shown.part.data
    return render(
        "scorecard/page.html",
        organization=host,
        shown=shown,
        card=card,
        data=data,
        sentences=in_short(data["lines"], host.name),
        sections=[
            (section, [(name, data["lines"][name]) for name in section.lines if name in data["lines"]],
             pictures(section.key, data, shown.trend))
            for section in sections.SECTIONS
        ],
        words=sections,
        said=said,
        charter_words=charter_words,
        wording=wording,
        deciding=deciding,
        stage=Stage(data["stage"]) if data["stage"] else None,
        since=date.fromisoformat(data["since"]) if data["since"] else None,
        days=date.fromisoformat,
    )  # fmt: skip


def _json(card: Scorecard) -> Response:
    host = chartering.chartered_organization(reading())
    return jsonify(tables.as_json(host.name, card, queries.parts(reading(), identity.actor(), card)))


def _csv(card: Scorecard) -> Response:
    text = tables.as_csv(card, queries.parts(reading(), identity.actor(), card))
    name = f"scorecard-{card.week.isoformat()}-v{card.version}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Answer(text, mimetype="text/csv", headers=headers)


def _form(card: Scorecard, form: RecomputeForm, status: int = 200) -> Response:
    host = chartering.chartered_organization(reading())
    require(identity.actor(), Act.RECOMPUTE, host)
    anew = reckoned(reading(), weeks.instant_of(card.week), posts_without_affiliation())
    changed = queries.would_change(reading(), card, anew)
    form.base.data = str(card.version)
    return render(
        "scorecard/recompute.html",
        status=status,
        organization=host,
        card=card,
        form=form,
        changed=changed,
        words=sections,
        said=said,
    )
