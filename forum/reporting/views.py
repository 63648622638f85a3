"""Reporting illegal content, looking up what became of it, and deciding."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Blueprint, current_app, request, url_for
from flask_limiter import RateLimitExceeded
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, NotFound, TooSoon
from forum.core.web import languages, signed
from forum.core.web.forms import done
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other
from forum.core.web.running import settings
from forum.core.words import gettext as _
from forum.permissions import Act, allows
from forum.reporting import actions, queries
from forum.reporting.forms import AnswerForm, ReportForm
from forum.reporting.grounds import DECISIONS, GROUNDS, PURPOSE

blueprint = Blueprint("reporting", __name__)

_NUMBER = re.compile(r"^post-(\d{1,9})$")
# What can be reported: endpoint → its kind, and which part of the address says which.
_SUBJECTS = {
    "posts.topic": ("topic", "topic_id"),
    "posts.post": ("post", "post_id"),
    "accounts.profile": ("account", "name"),
}


def found_at(address: str) -> tuple[str, int, str] | None:
    """What stands at an address that somebody pasted, whole or without its host; None where it is not one of ours, or
    leads to nothing that they see."""
    parts, base = urlsplit(address.strip()[:500]), urlsplit(settings().base_url)
    if parts.netloc and parts.netloc.lower() not in {base.netloc.lower(), request.host.lower()}:
        return None
    path = parts.path.removeprefix(base.path) or "/"
    try:
        endpoint, values = current_app.url_map.bind(base.netloc or "localhost").match(path, method="GET")
    except HTTPException:
        return None
    kind, key = _SUBJECTS.get(endpoint, ("", ""))
    if not kind:
        return None
    number = _NUMBER.match(parts.fragment)
    try:
        return queries.subject_at(reading(), identity.actor(), kind, values[key], int(number[1]) if number else 0)
    except NotFound:
        return None


def _was_sent(answer: Response) -> bool:
    """What was mistyped and came back does not use up what one may send."""
    return answer.status_code == 303


@blueprint.get("/report")
def report() -> Response:
    """The form, for everybody."""
    actor = identity.actor()
    account = accounts.by_id(reading(), actor.account_id) if actor.account_id is not None else None
    given = {"about": request.args.get("about", "")[:500]}
    if account is not None:
        given |= {"name": account.shown_name, "email": account.email or ""}
    return _form(ReportForm(formdata=None, data=given))


@blueprint.post("/report")
@limiter.limit("30/hour")
@limiter.limit("5/hour;20/day", deduct_when=_was_sent)
def send() -> Response:
    """It waits for a decision, and whoever sent it learns its number."""
    form, actor = ReportForm(), identity.actor()
    try:
        form.check_person()
        draft = form.draft(_safely_found(form.about.data or ""), languages.present())
        with transaction() as session:
            number = actions.report_illegal(session, actor, draft).id
    except Invalid as error:
        form.show(error)
        return _form(form, status=422)
    except TooSoon as error:
        form.form_errors.append(error.sentence)
        return _form(form, status=429)
    return see_other(url_for("reporting.state", code=signed.code_of(PURPOSE, number)))


@blueprint.errorhandler(RateLimitExceeded)
def later(error: RateLimitExceeded) -> HTTPException | Response:
    """Too many at once: the form comes back with all that was typed, name and address, too."""
    if request.endpoint != "reporting.send":
        return error
    form = ReportForm()
    form.form_errors.append(_("Many reports came from where you are. What you wrote is here: send it in an hour."))
    return _form(form, status=429)


def _safely_found(address: str) -> tuple[str, int, str] | None:
    try:
        return found_at(address)
    except ValueError:  # brackets that are no address of IPv6
        return None


def _form(form: ReportForm, status: int = 200) -> Response:
    form.begin()
    return render("reporting/report.html", status=status, form=form)


@blueprint.get("/report/<code>")
@limiter.limit("60/minute")
def state(code: str) -> Response:
    """How far a report is, for whoever has the link from its mail."""
    number = signed.number_in(PURPOSE, code)
    if number is None:
        raise NotFound(_("This address leads to no report. Look at the mail that we sent you."))
    row = queries.state(reading(), number)
    return render("reporting/state.html", row=row, grounds=GROUNDS, decisions=DECISIONS)


# ── for moderators ────────────────────────────────────────────────────────────────────────────────────────────────────


def _guard() -> None:
    if not allows(identity.actor(), Act.ANSWER_ILLEGAL):
        raise NotFound


@blueprint.get("/moderation/illegal")
def reports() -> Response:
    """Reports that wait, or those that are decided."""
    _guard()
    decided = request.args.get("show") == "decided"
    rows = queries.reports(reading(), identity.actor(), decided=decided)
    return render("reporting/reports.html", rows=rows, decided=decided, grounds=GROUNDS, decisions=DECISIONS)


@blueprint.get("/moderation/illegal/<int:report_id>")
def evidence(report_id: int) -> Response:
    """One report, and the form of its answer."""
    _guard()
    return _evidence(report_id, AnswerForm(formdata=None))


@blueprint.post("/moderation/illegal/<int:report_id>")
def answer(report_id: int) -> Response:
    """Decide."""
    _guard()
    form, actor = AnswerForm(), identity.actor()

    def verb(session: Session) -> str:
        row = queries.report(session, actor, report_id, lock=True)
        actions.answer_report(session, actor, row, form.decision.data or "", form.words.data or "")
        if row.email:
            return _("Decided. Whoever reported it hears it by mail.")
        return _("Decided. Nobody left an address to write to.")

    return see_other(url_for("reporting.reports")) if done(form, verb) else _evidence(report_id, form, status=422)


@blueprint.post("/moderation/illegal/<int:report_id>/reopen")
def reopen(report_id: int) -> Response:
    """Look at it again."""
    _guard()
    actor = identity.actor()
    with transaction() as session:
        actions.reopen_report(session, actor, queries.report(session, actor, report_id, lock=True))
    return see_other(url_for("reporting.evidence", report_id=report_id))


def _evidence(report_id: int, form: AnswerForm, status: int = 200) -> Response:
    row = queries.report(reading(), identity.actor(), report_id)
    ids = [one for one in (row.account_id, row.decided_by_id) if one is not None]
    people = accounts.by_ids(reading(), ids)
    return render(
        "reporting/evidence.html",
        status=status,
        row=row,
        form=form,
        people=people,
        grounds=GROUNDS,
        decisions=DECISIONS,
    )
