"""Using a tool on many topics in one go, trying it first, and taking all of it back within a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import ForumError, Invalid, NotFound
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts import queries
from forum.posts.limits import checked_reason
from forum.posts.pointing import LONGEST_REASON
from forum.posts.tool_models import BulkRun
from forum.posts.tools import TOOLS, Told

UNDO_FOR = timedelta(days=7)
LOOKS_BACK = timedelta(days=60)
MOST = 50


class Tried(NamedTuple):
    """A topic on the page that says what will change; `why`: why it is left out."""

    topic_id: int
    title: str
    board: str
    why: str


class _Taken(Exception):
    """What was tried is taken back."""


def try_tool(
    session: Session, actor: Actor, tool: str, topic_ids: Sequence[int], told: Told, reason: str = ""
) -> list[Tried]:
    """What using it would do, topic by topic: it is done, and taken back."""
    require(actor, Act.USE_TOOLS)
    checked_reason(reason, LONGEST_REASON)
    tried: list[Tried] = []
    for topic_id in topic_ids[:MOST]:
        try:
            topic = queries.topic(session, actor, topic_id)
        except NotFound:
            continue  # gone since it was ticked
        row = Tried(topic_id, topic.title, topic.board.name, "")
        why = ""
        try:
            with session.begin_nested():
                TOOLS[tool].do(session, actor, queries.topic_for_update(session, actor, topic_id), told, reason)
                raise _Taken
        except _Taken:
            pass
        except ForumError as error:
            why = _why(error)
        session.expire_all()
        tried.append(row._replace(why=why))
    return tried


def use_tool(
    session: Session, actor: Actor, tool: str, topic_ids: Sequence[int], told: Told, reason: str = ""
) -> BulkRun:
    """Do it to each of these topics for which it can be done; the others stay as they are, and the run says why."""
    require(actor, Act.USE_TOOLS)
    checked_reason(reason, LONGEST_REASON)
    items: list[dict[str, Any]] = []
    for topic_id in topic_ids[:MOST]:
        item: dict[str, Any] = {"topic": topic_id}
        try:
            with session.begin_nested():
                topic = queries.topic_for_update(session, actor, topic_id)
                item["title"] = topic.title
                item["before"] = TOOLS[tool].do(session, actor, topic, told, reason)
        except ForumError as error:
            item["why"] = _why(error)
        session.expire_all()
        items.append(item)
    return _kept(session, actor, tool, told, reason, items)


def use_on_one(session: Session, actor: Actor, tool: str, topic_id: int, told: Told, reason: str = "") -> BulkRun:
    """The same for one topic; raises what stands against it."""
    require(actor, Act.USE_TOOLS)
    topic = queries.topic_for_update(session, actor, topic_id)
    item = {"topic": topic_id, "title": topic.title}
    item["before"] = TOOLS[tool].do(session, actor, topic, told, checked_reason(reason, LONGEST_REASON))
    return _kept(session, actor, tool, told, reason, [item])


def undo_run(session: Session, actor: Actor, run: BulkRun, reason: str = "") -> int:
    """Take a run (locked) back, the last first; what cannot be taken back any more says why, and stays. Returns how
    many were."""
    require(actor, Act.USE_TOOLS)
    if clock.now() - run.at > UNDO_FOR:
        raise Invalid(_("It was done more than a week ago: it can only be changed by hand now."))
    items, count = [dict(item) for item in run.items], 0
    for item in reversed(items):
        if "before" not in item or item.get("undone"):
            continue
        try:
            with session.begin_nested():
                TOOLS[run.tool].undo(session, actor, item["topic"], item["before"], reason)
            item["undone"], count = True, count + 1
            item.pop("left", None)
        except ForumError as error:
            item["left"] = _why(error)
        session.expire_all()
    run.items = items
    if count and all(is_undone(item) for item in items):
        run.undone_at, run.undone_by_id = clock.now(), actor.account_id
    session.flush()
    return count


def forget_old_runs(session: Session, actor: Actor) -> None:
    """What can be taken back no more need not know any more who had read what: that something was done stays."""
    require(actor, Act.KEEP_TIME)
    over = clock.now() - UNDO_FOR
    for run in session.scalars(select(BulkRun).where(BulkRun.at < over, BulkRun.at > over - LOOKS_BACK)):
        if any("before" in item for item in run.items):
            run.items = [{name: value for name, value in item.items() if name != "before"} for item in run.items]
    session.flush()


def _why(error: ForumError) -> str:
    return error.sentence or _("It is not there any more.")


def is_undone(item: Mapping[str, Any]) -> bool:
    """Nothing of it is left."""
    return "before" not in item or bool(item.get("undone"))


def _kept(session: Session, actor: Actor, tool: str, told: Told, reason: str, items: list[dict[str, Any]]) -> BulkRun:
    run = BulkRun(
        by_id=actor.account_id,
        at=clock.now(),
        tool=tool,
        params=dict(told),
        reason=reason.strip(),
        items=items,
        done=sum("before" in item for item in items),
    )
    session.add(run)
    session.flush()
    return run
