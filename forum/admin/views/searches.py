"""What people looked for and did not find: seeds for topics."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.admin.views.gate import guard, press
from forum.core.db import reading
from forum.core.web.pages import render
from forum.core.words import gettext as _
from forum.search import actions, queries

blueprint = Blueprint("admin_searches", __name__, url_prefix="/admin/searches")
blueprint.before_request(guard)


@blueprint.get("")
def index() -> Response:
    return render("admin/searches.html", missed=queries.missed(reading(), identity.actor()))


@blueprint.post("/forget")
def forget() -> Response:
    term = request.form.get("term", "").replace("\0", "")

    def verb(session: Session) -> str:
        actions.forget_miss(session, identity.actor(), term)
        return _("“%(term)s” is off the list.", term=term)

    return press(verb, url_for("admin_searches.index"))
