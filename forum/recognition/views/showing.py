"""The page of recognitions that may be shown."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading
from forum.core.web.pages import render
from forum.organization import queries as organizations
from forum.permissions.speaking import recognizes_somewhere
from forum.recognition import queries
from forum.recognition.views import blueprint


@blueprint.get("/organization/recognitions")
def public() -> Response:
    """The latest first."""
    page = queries.public_recognitions(reading(), identity.actor(), request.args.get("page", 1, type=int))
    host = organizations.host(reading()) if identity.actor().is_admin or identity.actor().belonging else None
    return render(
        "recognition/public.html", page=page, host=host, may_recognize=recognizes_somewhere(identity.actor(), None)
    )
