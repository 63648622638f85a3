"""The host's logo and its own colour as a stylesheet, the language, and the keys by which one moves about."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import reading
from forum.core.errors import Invalid, NotFound
from forum.core.languages import nearest
from forum.core.web import languages
from forum.core.web.assets import LONG_LIVED
from forum.core.web.pages import local_or, render, see_other, wants_fragment
from forum.core.web.running import storage
from forum.core.words import gettext as _
from forum.site import queries

blueprint = Blueprint("site", __name__)

# A picture opened by itself is a document: it may load and run nothing.
ALONE = "default-src 'none'; sandbox"


@blueprint.get("/appearance.css")
def appearance() -> Response:
    """Kept for a year under the address that names the colour; any other address is asked again each time."""
    site = queries.site(reading())
    rule = f":root {{\n  --accent: {site.accent};\n  --accent-dark: {site.accent_dark};\n}}\n" if site.accent else ""
    answer = Response(rule, mimetype="text/css")
    if site.accent and request.args.get("v") == site.appearance_version:
        answer.headers["Cache-Control"] = LONG_LIVED
    return answer


@blueprint.get("/logo/<name>")
def logo(name: str) -> Response:
    """Named by its content, so it may be kept for ever; what is shown no longer is gone."""
    shown = next((picture for picture in queries.site(reading()).brand.pictures() if picture.name == name), None)
    data = storage().get(shown.key) if shown is not None else None
    if data is None:
        raise NotFound
    answer = Response(data, mimetype="image/png")
    answer.headers["Cache-Control"] = LONG_LIVED
    answer.headers["Content-Security-Policy"] = ALONE
    return answer


@blueprint.get("/language")
def language() -> Response:
    """For guests; members choose in their settings. A page of its own: reading pages carry no token and no cookie."""
    return render("site/language.html", next=local_or(request.args.get("next"), ""))


@blueprint.post("/language")
def choose_language() -> BaseResponse:
    """From the next page on, in this browser."""
    chosen = nearest([request.form.get("language", "")])
    if not chosen:
        raise Invalid(_("Choose one of the list."))
    back = see_other(local_or(request.form.get("next"), url_for("posts.home")))
    return languages.remember(back, chosen)


@blueprint.get("/help/keys")
def keys() -> Response:
    """The list of keys: a page, and the sheet that `?` opens."""
    return render("site/keys.html", fragment="sheet", is_sheet=wants_fragment())
