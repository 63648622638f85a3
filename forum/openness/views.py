"""The addresses of the public log and of the quarterly report, for everybody."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, jsonify, render_template, request
from flask import Response as Answer
from werkzeug.wrappers import Response

from forum import identity
from forum.core import clock
from forum.core.db import reading
from forum.core.errors import NotFound
from forum.core.web.pages import render
from forum.core.web.running import settings
from forum.moderation import queue_words as moderation
from forum.openness import figures, queries, report_words, tables, wording
from forum.openness.asking import Wanted, place
from forum.openness.quarters import Quarter, named, quarter_of, quarters
from forum.openness.queries import Log
from forum.permissions import Actor

blueprint = Blueprint("openness", __name__)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEPT_S = 300
_QUARTER = "<string(length=7):quarter>"


@blueprint.get("/moderation/log")
def log() -> Response:
    """What was done, as far as the reader sees the boards."""
    session, actor = reading(), identity.actor()
    found = _log(actor)
    return render(
        "openness/log.html",
        log=found,
        is_later=bool(request.args.get("before")),
        deciders=queries.deciders(session, actor),
        spans=report_words.spans(_quarters()),
        words=wording,
        said=report_words,
        moderation=moderation,
    )


@blueprint.get("/moderation/log.atom")
def feed() -> Response:
    """The latest that everybody may know, narrowed as the page is."""
    found = _log(identity.guest(reading()))
    text = render_template(
        "openness/log.atom",
        log=found,
        base=settings().base_url.rstrip("/"),
        updated=max((line.changed for line in found.lines), default=EPOCH),
        words=wording,
        moderation=moderation,
    )
    answer = Answer(text, mimetype="application/atom+xml")
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_S}"
    answer.headers["Vary"] = "Cookie, Accept-Language"
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.get("/moderation/report")
def report() -> Response:
    """This quarter so far."""
    return _page(quarter_of(clock.now()))


@blueprint.get("/moderation/report.json")
def report_json() -> Response:
    """The same for programs."""
    return _json(quarter_of(clock.now()))


@blueprint.get("/moderation/report.csv")
def report_csv() -> Response:
    """The same for spreadsheets."""
    return _csv(quarter_of(clock.now()))


@blueprint.get(f"/moderation/report/{_QUARTER}")
def of_quarter(quarter: str) -> Response:
    """That of a quarter, as in 2026-q1."""
    return _page(_named(quarter))


@blueprint.get(f"/moderation/report/{_QUARTER}.json")
def of_quarter_json(quarter: str) -> Response:
    """The same for programs."""
    return _json(_named(quarter))


@blueprint.get(f"/moderation/report/{_QUARTER}.csv")
def of_quarter_csv(quarter: str) -> Response:
    """The same for spreadsheets."""
    return _csv(_named(quarter))


def _log(actor: Actor) -> Log:
    asked = request.args.get("before", "")
    before = place(asked)
    if asked and before is None:
        raise NotFound
    return queries.log(reading(), actor, _wanted(), before)


def _wanted() -> Wanted:
    asked = request.args
    by, state = asked.get("by", ""), asked.get("state", "")
    wanted = Wanted(
        rule=asked.get("rule", "")[:20],
        board=asked.get("board", "")[:80],
        act=asked.get("act", "")[:40],
        role=asked.get("role", "")[:20],
        by=by if by in ("machine", "people") else "",
        state=state if state in ("undone", "standing") else "",
        when=asked.get("when", "")[:7],
    )
    if wanted.when and wanted.span() is None:
        raise NotFound
    return wanted


def _named(name: str) -> Quarter:
    found = named(name)
    if found is None or found > quarter_of(clock.now()):
        raise NotFound
    return found


def _page(quarter: Quarter) -> Response:
    now = clock.now()
    return render(
        "openness/report.html",
        quarter=quarter,
        is_over=quarter.ends <= now,
        tables=figures.report(reading(), quarter),
        quarters=_quarters(quarter),
        words=report_words,
    )


def _json(quarter: Quarter) -> Response:
    return jsonify(tables.as_json(quarter, figures.report(reading(), quarter), clock.now()))


def _csv(quarter: Quarter) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="moderation-{quarter.name}.csv"'}
    return Answer(tables.as_csv(quarter, figures.report(reading(), quarter)), mimetype="text/csv", headers=headers)


def _quarters(also: Quarter | None = None) -> list[Quarter]:
    """From this one back to the first in which something was done, and at least to `also`."""
    now = clock.now()
    first = quarter_of(figures.first_moment(reading()) or now)
    return quarters(min(first, also or first), quarter_of(now))
