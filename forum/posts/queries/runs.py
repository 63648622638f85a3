"""What was done with the tools, for those who may know: who did it, and moderators of the whole forum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core.errors import NotFound
from forum.permissions import Actor, Right
from forum.posts.models import Topic
from forum.posts.queries import visible
from forum.posts.tool_models import BulkRun

PER_PAGE = 30


def _runs(actor: Actor) -> Select[BulkRun]:
    mine = BulkRun.by_id == (actor.account_id or 0)
    return select(BulkRun).options(joinedload(BulkRun.by)).where(true() if actor.is_moderator else mine)


def run(session: Session, actor: Actor, run_id: int) -> BulkRun:
    """One of them; raises NotFound."""
    found = session.scalars(_runs(actor).where(BulkRun.id == run_id)).first()
    if found is None:
        raise NotFound
    return found


def run_for_update(session: Session, actor: Actor, run_id: int) -> BulkRun:
    """As `run`, locked: two who take it back at once wait for each other."""
    run(session, actor, run_id)
    return session.get_one(BulkRun, run_id, with_for_update={"of": BulkRun}, populate_existing=True)


def own_runs(session: Session, actor: Actor) -> Sequence[BulkRun]:
    """The latest, of everybody's whom the actor may know."""
    return session.scalars(_runs(actor).order_by(BulkRun.id.desc()).limit(PER_PAGE)).all()


def titles(session: Session, actor: Actor, one: BulkRun) -> Mapping[int, str]:
    """Topic id → its title now, of those on boards that the actor sees; merged and removed ones as well."""
    ids = [item["topic"] for item in one.items]
    sees = Topic.board_id.in_(actor.boards_with(Right.SEE))
    rows = session.execute(select(Topic.id, Topic.title).where(Topic.id.in_(ids), sees))
    return {row.id: row.title for row in rows}


def names_told(session: Session, actor: Actor, all_told: Sequence[Mapping[str, Any]]) -> Mapping[tuple[str, int], str]:
    """The names of boards, topics and people by whose ids tools were told something, as far as the actor may know
    them. Three queries, fewer where nothing of a kind is named."""

    def ids(kind: str) -> set[int]:
        return {told[kind] for told in all_told if told.get(kind)}

    sees = Topic.board_id.in_(actor.boards_with(Right.SEE))
    asked = {
        "board": select(Board.id, Board.name).where(Board.id.in_(ids("board")), boards.visible(actor)),
        "into": select(Topic.id, Topic.title).where(Topic.id.in_(ids("into")), sees),
        "owner": select(Account.id, Account.name).where(Account.id.in_(ids("owner"))),
    }
    return {
        (kind, row[0]): row[1] for kind, question in asked.items() if ids(kind) for row in session.execute(question)
    }


def chosen_topics(session: Session, actor: Actor, ids: Sequence[int]) -> list[Topic]:
    """These topics with their boards, in this order; those that are not there (any more) are left out."""
    rows = session.scalars(
        select(Topic)
        .join(Topic.board)
        .options(contains_eager(Topic.board))
        .where(Topic.id.in_(ids), visible.topics(actor))
    )
    found = {row.id: row for row in rows}
    return [found[topic_id] for topic_id in ids if topic_id in found]
