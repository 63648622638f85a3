"""Reading a warning on the way to what one was about to do. A member's page, and what moderators decide there, is in
`forum.moderation`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import NotFound, ReadFirst
from forum.core.web.pages import is_local, local_or, render, see_other, wants_fragment
from forum.core.words import gettext as _
from forum.permissions.asking import held_back
from forum.sanctions import actions, queries, wording
from forum.site.rules import sentence_of, title_of

blueprint = Blueprint("sanctions", __name__)
blueprint.add_app_template_global(held_back)
blueprint.add_app_template_global(title_of, "rule_name")
blueprint.add_app_template_global(sentence_of, "rule_sentence")

# What of a form belongs to its page, and is not carried past a warning.
_OF_PAGE = frozenset({"csrf_token", "go_on", "next", "attach"})


@blueprint.get("/moderation/own")
def own() -> Response:
    """The reader's own."""
    actor = identity.actor()
    if actor.is_guest:
        raise NotFound
    return see_other(url_for("moderation.member", name=actor.name))


@blueprint.get("/moderation/warning")
def warning() -> Response:
    """The warning that waits to be read."""
    return _warning_page()


@blueprint.app_errorhandler(ReadFirst)
def read_first(_error: Exception) -> Response:
    """Whatever they were about to do waits on the page that shows the warning, and goes on from there."""
    if request.method == "GET" and not wants_fragment():
        return see_other(url_for("sanctions.warning", next=request.full_path.rstrip("?")))
    return _warning_page(403, sent=request.form.items(multi=True), go_on=request.full_path.rstrip("?"))


@blueprint.post("/moderation/warnings/<int:sanction_id>/read")
def read_warning(sanction_id: int) -> Response:
    """They read it. What they had sent goes to where it was going: an editor shows it again, nothing is posted yet."""
    with transaction() as session:
        actions.acknowledge(session, identity.actor(), queries.sanction(session, identity.actor(), sanction_id))
    if wants_fragment() or queries.unread_warning(reading(), identity.actor()) is not None:
        return _warning_page(sent=request.form.items(multi=True), go_on=request.form.get("go_on", ""))
    if is_local(onward := request.form.get("go_on", "")):
        return redirect(onward, 307)
    flash(_("Thank you. You can write again."), "success")
    return see_other(local_or(request.form.get("next"), url_for("posts.home")))


def _warning_page(status: int = 200, *, sent: Iterable[tuple[str, str]] = (), go_on: str = "") -> Response:
    row = queries.unread_warning(reading(), identity.actor())
    words: dict[str, Any] = {"row": row, "warning_here": True, "is_own": True, "wording": wording}
    if wants_fragment():  # the page with the editor stays, and so does what stands in it
        answer = render("sanctions/warning_aside.html", status=status, **words)
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#flashes", "innerHTML show:top"
        return answer
    kept = [(name, text) for name, text in sent if go_on and name not in _OF_PAGE]
    return render(
        "sanctions/warning.html",
        status=status,
        go_on=go_on,
        sent=kept,
        text=next((text for name, text in kept if name == "body"), ""),
        onward=local_or(request.values.get("next"), ""),
        **words,
    )
