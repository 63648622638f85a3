"""Reading pages and their earlier versions, and accepting the rules before writing on."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum import identity
from forum.accounts import queries as accounts
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, SignInNeeded
from forum.core.web.pages import local_or, render, see_other
from forum.core.web.typed import typed_number
from forum.core.words import gettext as _
from forum.pages import actions, purposes, queries
from forum.site import queries as sites

blueprint = Blueprint("pages", __name__)
blueprint.add_app_template_filter(purposes.path, "page_path")


@blueprint.get("/<any(about,rules,privacy,contact,legal):slug>")
@blueprint.get("/pages/<slug>")
def page(slug: str) -> BaseResponse:
    """A page as it holds now."""
    if request.path != purposes.path(slug):
        return see_other(purposes.path(slug))
    return render("pages/page.html", shown=queries.page(reading(), slug))


@blueprint.get("/pages/<slug>/versions")
def versions(slug: str) -> Response:
    """What it said before, and what changed when."""
    found, steps = queries.history(reading(), slug)
    return render("pages/versions.html", page=found, steps=steps)


@blueprint.get("/accept")
def accept() -> Response:
    """What is new in the rules, with one button."""
    return _page()


@blueprint.post("/accept")
def accepted() -> BaseResponse:
    """They hold between us now."""
    actor = identity.actor()
    seen = typed_number(request.form.get("seen", ""))
    try:
        with transaction() as session:
            account = accounts.own(session, actor)
            actions.accept_terms(session, actor, account, -1 if seen is None else seen)
    except Conflict as error:
        flash(error.sentence, "notice")
        return _page(status=error.status)
    flash(_("Thank you. You can write again."), "success")
    return see_other(local_or(request.form.get("next"), url_for("posts.home")))


def _page(status: int = 200) -> Response:
    actor = identity.actor()
    if actor.is_guest:
        raise SignInNeeded
    return render(
        "pages/accept.html",
        status=status,
        asked=queries.to_accept(reading(), actor),
        seen=sites.site(reading()).terms_version,
        onward=local_or(request.values.get("next"), ""),
    )
