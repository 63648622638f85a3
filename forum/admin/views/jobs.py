"""Jobs that failed: why, and once more."""

from __future__ import annotations

from flask import Blueprint, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.admin.views.gate import ID, guard, press
from forum.core.db import reading
from forum.core.web.pages import render
from forum.core.words import gettext as _
from forum.jobs import actions, queries

blueprint = Blueprint("admin_jobs", __name__, url_prefix="/admin/jobs")
blueprint.before_request(guard)


@blueprint.get("")
def index() -> Response:
    actor = identity.actor()
    return render(
        "admin/jobs.html",
        given_up=queries.given_up(reading(), actor),
        struggling=queries.struggling(reading(), actor),
    )


@blueprint.post(f"/<{ID}:job_id>/retry")
def retry(job_id: int) -> Response:
    def verb(session: Session) -> str:
        actions.retry(session, identity.actor(), queries.job(session, identity.actor(), job_id))
        return _("The job will be tried again in a moment.")

    return press(verb, url_for("admin_jobs.index"))
