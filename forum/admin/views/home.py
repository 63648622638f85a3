"""Where administrators begin: what waits for a hand."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from forum import identity
from forum.admin import queries
from forum.admin.views.gate import guard
from forum.core.db import reading
from forum.core.web.pages import render
from forum.core.web.running import settings

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
blueprint.before_request(guard)


@blueprint.get("")
def home() -> Response:
    care = queries.care(reading(), identity.actor())
    return render("admin/home.html", care=care, sends_mail=bool(settings().smtp_url))
