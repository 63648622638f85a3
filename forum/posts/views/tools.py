"""Doing something to many topics at once, for those who look after them: choose, see what will change, do it, and take
it back within a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.boards import queries as boards
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, NotFound, Refused
from forum.core.moments import typed_instant
from forum.core.web.pages import render, see_other
from forum.core.web.times import reader_zone
from forum.core.web.typed import pasted_topic, typed_number
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.permissions import Actor, Right
from forum.posts import queries
from forum.posts.actions import using
from forum.posts.forms import tags_in
from forum.posts.models import Topic
from forum.posts.queries import runs
from forum.posts.tools import ALONE, TOOLS, tags_named
from forum.posts.views import blueprint
from forum.posts.views.effects import effects


@blueprint.get("/tools")
def tools() -> Response:
    """What should be done with the chosen topics; then, what the tool needs to know."""
    return _page(_tool(request.args.get("tool", "")), _chosen(request.args.getlist("topic")))


@blueprint.post("/tools/preview")
def preview_tool() -> Response:
    """What will change for each, and which are left out and why. Nothing has changed yet."""
    actor, tool, ids = _keeper(), _tool(request.form.get("tool", "")), _ids(request.form.getlist("topic"))
    topics = _chosen(request.form.getlist("topic"))
    try:
        told = _told(tool)
        with transaction() as session:
            tried = using.try_tool(session, actor, tool, ids, told, request.form.get("reason", ""))
    except Invalid as error:
        return _page(tool, topics, error)
    return render(
        "posts/tools_preview.html",
        tool=tool,
        words=_(TOOLS[tool].words),
        effect=effects(reading(), actor, [(tool, told)])[0],
        will=[one for one in tried if not one.why],
        left_out=[one for one in tried if one.why],
        typed=[(name, value) for name, value in request.form.items(multi=True) if name in _CARRIED],
    )


@blueprint.post("/tools/run")
def run_tool() -> Response:
    """Do it to those for which it was possible; what changed meanwhile says so."""
    actor, tool = _keeper(), _tool(request.form.get("tool", ""))
    told, ids = _told(tool), _ids(request.form.getlist("topic"))
    with transaction() as session:
        run_id = using.use_tool(session, actor, tool, ids, told, request.form.get("reason", "")).id
    return see_other(url_for("posts.tool_run", run_id=run_id))


@blueprint.get("/tools/runs")
def tool_runs() -> Response:
    """What the actor did lately with the tools."""
    actor = _keeper()
    found = runs.own_runs(reading(), actor)
    did = effects(reading(), actor, [(run.tool, run.params) for run in found])
    return render("posts/tool_runs.html", runs=zip(found, did, strict=True), words=_names())


@blueprint.get("/tools/runs/<int:run_id>")
def tool_run(run_id: int) -> Response:
    """What became of each topic, and the way back."""
    actor = _keeper()
    run = runs.run(reading(), actor, run_id)
    there = runs.titles(reading(), actor, run)
    return render(
        "posts/tool_run.html",
        run=run,
        words=_names()[run.tool],
        items=[item for item in run.items if item["topic"] in there],
        there=there,
        effect=effects(reading(), actor, [(run.tool, run.params)])[0],
        until=run.at + using.UNDO_FOR,
        may_undo=not all(using.is_undone(item) for item in run.items) and clock.now() < run.at + using.UNDO_FOR,
    )


@blueprint.post("/tools/runs/<int:run_id>/undo")
def undo_tool_run(run_id: int) -> Response:
    """Take all of it back, as far as it still can be."""
    actor = _keeper()
    with transaction() as session:
        run = runs.run_for_update(session, actor, run_id)
        count = using.undo_run(session, actor, run)
    if count:
        flash(ngettext("Taken back for %(num)s topic.", "Taken back for %(num)s topics.", count), "success")
    else:
        flash(_("Nothing could be taken back."), "warning")
    return see_other(url_for("posts.tool_run", run_id=run_id))


_CARRIED = ("tool", "board", "tags", "closes_at", "minutes", "into", "owner", "reason")


def _keeper() -> Actor:
    actor = identity.actor()
    if not actor.boards_with(Right.MODERATE):
        raise Refused(_("This is for those who look after a board."))
    return actor


def _tool(key: str) -> str:
    if key and (key not in TOOLS or key in ALONE):
        raise NotFound
    return key


def _ids(typed: Sequence[str]) -> list[int]:
    found = (typed_number(one) for one in typed)
    return list(dict.fromkeys(one for one in found if one is not None))[: using.MOST]


def _chosen(typed: Sequence[str]) -> list[Topic]:
    """The topics that were ticked and that are still there."""
    actor = _keeper()
    ids = _ids(typed)
    topics = runs.chosen_topics(reading(), actor, ids)
    if not topics:
        raise Invalid(_("Choose topics first: tick them in a list."))
    return topics


def _told(tool: str) -> Mapping[str, Any]:
    """What the tool is told, from what was typed; raises Invalid."""
    typed, read = request.form, {"board": _board, "tags": _tags, "closes_at": _closes_at}
    read |= {"minutes": _minutes, "into": _into, "owner": _owner}
    return {name: read[name](typed.get(name, "")) for name in TOOLS[tool].asks}


def _board(typed: str) -> Any:
    found = next(
        (board for board in boards.boards_to_start_on(reading(), identity.actor()) if board.slug == typed), None
    )
    if found is None:
        raise Invalid(_("Choose a board."), "board")
    return found.id


def _tags(typed: str) -> Any:
    slugs = tags_in((), typed)
    if not slugs:
        raise Invalid(_("Name a tag."), "tags")
    return list(tags_named(reading(), slugs))


def _closes_at(typed: str) -> Any:
    instant = typed_instant(typed, reader_zone(), "closes_at")
    if instant is None:
        raise Invalid(_("Say when."), "closes_at")
    return instant.isoformat()


def _minutes(typed: str) -> Any:
    minutes = typed_number(typed.strip() or "0")
    if minutes is None:
        raise Invalid(_("Write a whole number of minutes."), "minutes")
    return minutes


def _into(typed: str) -> Any:
    number = pasted_topic(typed)
    if number is None:
        raise Invalid(_("Paste the address of the other topic here."), "into")
    try:
        return queries.topic(reading(), identity.actor(), number).id
    except NotFound:
        raise Invalid(_("There is no such topic, or you may not read it."), "into") from None


def _owner(typed: str) -> Any:
    found = accounts.by_name(reading(), typed.strip().lstrip("@"))
    if found is None:
        raise Invalid(_("Nobody here is called “%(name)s”.", name=typed.strip()), "owner")
    return found.id


def _names() -> Mapping[str, str]:
    return {key: _(tool.words) for key, tool in TOOLS.items()}


def _page(tool: str, topics: Sequence[Topic], error: Invalid | None = None) -> Response:
    return render(
        "posts/tools.html",
        status=error.status if error else 200,
        tool=tool,
        words=_names(),
        choices=[key for key in TOOLS if key not in ALONE],
        asks=TOOLS[tool].asks if tool else (),
        topics=topics,
        boards=boards.boards_to_start_on(reading(), identity.actor()) if tool == "move" else (),
        error=error,
        typed=request.form,
    )
