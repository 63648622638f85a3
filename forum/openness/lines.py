"""What stands in the log, as SQL: a select for each source of it; never who it was about, or by name who did it.

All of them have the same columns, so that they are one list. What was said to whom, titles and words are in none. What
happened on a board that the reader does not see is told without the board. Sanctions are told the day after, and by the
day alone: beside a decision of the same minute they would say whom they are about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, cast, false, func, literal, or_, select, true

from forum.accounts.models import GroupMember
from forum.accounts.sanction_models import Sanction
from forum.boards import moderating
from forum.boards.models import Appointment, Board
from forum.core import clock
from forum.core.db.dialect import day_of
from forum.moderation.appeal_models import Appeal
from forum.moderation.models import Ruling
from forum.moderation.operations import SANCTION as IMPOSES
from forum.moderation.spam_models import UNDOING, UNDONE, SpamRemoval
from forum.moderation.spam_rules import SPAM as REMOVES
from forum.organization import queries as organizations
from forum.permissions import Actor, Group, Right
from forum.posts.models import Post, Topic
from forum.posts.tool_models import BulkRun
from forum.reporting.models import IllegalReport
from forum.site.models import Deed

DECISION, SANCTION, REVOKED, SPAM, APPEAL, NOTICE = "decision", "sanction", "revoked", "spam", "appeal", "notice"
STEP, TOOL, WORD, PEER = "step", "tool", "word", "peer"
WITHOUT_NOTE = ("tag", "untag", "close_at")
"""Tools that leave no note in a topic: what they did is told of the run."""
BROUGHT = "import"
"""The role of a sanction that an account brought along: nobody here decided it."""
FEW = 3
"""An office that fewer hold is not named: it would be a name."""
_WHETHER = ("concerns_host", "automated", "confirmed", "review", "emergency")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reader:
    """Who reads, the id of the organization that hosts the place (0: none), and to which instant they ask."""

    actor: Actor
    host_id: int
    until: datetime


def seen_boards(actor: Actor) -> list[int]:
    """Ids of the boards that the actor is told."""
    return actor.boards_with(Right.SEE)


def decisions(reader: Reader) -> Select[Any]:
    """Not what is only proposed, or was proposed and taken back by the same person; nor what imposed a sanction or
    removed a spam account, which stand here as that."""
    given_up = and_(Ruling.state == "refused", func.coalesce(Ruling.undone_by_id, 0) == func.coalesce(Ruling.by_id, 0))
    waits = and_(Ruling.state == "in_force", Ruling.confirmed_at.is_(None), Ruling.review_by.is_not(None))
    return _line(
        *(reader, DECISION, Ruling.id, Ruling.at, Ruling.act, Ruling.subject_kind),
        board_id=Ruling.board_id,
        changed=func.coalesce(Ruling.undone_at, Ruling.confirmed_at, Ruling.at),
        rule=Ruling.rule,
        detected=Ruling.detected,
        role=Ruling.role,
        by_host=Ruling.by_host,
        concerns_host=Ruling.concerns_host,
        automated=Ruling.automated,
        confirmed=Ruling.confirmed_at.is_not(None),
        review=waits,
        emergency=Ruling.emergency != "",
        state=Ruling.state,
        how=Ruling.undone_how,
    ).where(Ruling.state != "proposed", ~given_up, ~imposes(), Ruling.at <= reader.until)


def imposes() -> ColumnElement[bool]:
    """SQL over Ruling: whether a sanction, or the removal of a spam account, came of it, taken back or not."""
    return and_(Ruling.act.in_((IMPOSES, REMOVES)), Ruling.state.in_(("in_force", "undone")))


def appeals(reader: Reader) -> Select[Any]:
    """Objections that were answered."""
    return (
        _line(
            *(reader, APPEAL, Appeal.id, Appeal.decided_at, Appeal.state, Ruling.act),
            board_id=Ruling.board_id,
            rule=Ruling.rule,
            role=Appeal.role,
            by_host=_of_host(reader, Appeal.decided_by_id, Appeal.decided_at),
            concerns_host=or_(Ruling.concerns_host, Appeal.about_host),
        )
        .join(Ruling, Ruling.id == Appeal.ruling_id)
        .where(Appeal.state.in_(("upheld", "reversed")), Appeal.decided_at <= reader.until)
    )


def sanctions(reader: Reader) -> Select[Any]:
    """Also those that ended since, or were ended early."""
    lifted = Sanction.lifted_at.is_not(None)
    return (
        _line(
            *(reader, SANCTION, Sanction.id, day_of(Sanction.since), Sanction.kind, Sanction.right),
            changed=case((lifted, day_of(Sanction.lifted_at)), else_=day_of(Sanction.since)),
            rule=Sanction.rule,
            detected=Sanction.detected,
            role=Sanction.role,
            by_host=_of_host(reader, Sanction.by_id, Sanction.since),
            automated=Sanction.automated,
            concerns_host=func.coalesce(Ruling.concerns_host, false()),
            confirmed=Ruling.confirmed_at.is_not(None),
            review=and_(Ruling.confirmed_at.is_(None), Ruling.review_by.is_not(None)),
            emergency=func.coalesce(Ruling.emergency, "") != "",
            state=case((lifted, literal("lifted")), else_=literal("in_force")),
        )
        .outerjoin(Ruling, Ruling.id == Sanction.ruling_id)
        .where(Sanction.role != BROUGHT, Sanction.since < _end(reader))
    )


def revoked(reader: Reader) -> Select[Any]:
    """Sanctions taken back as if they had never been: that they were is gone. One that a later answer imposed anew
    stands among those, and one that was taken back twice stands here once."""
    stays = or_(Ruling.id.is_(None), Deed.at >= Ruling.undone_at)
    return (
        _line(
            *(
                reader,
                REVOKED,
                Deed.id,
                day_of(Deed.at),
                Deed.after["kind"].as_string(),
                Deed.after["right"].as_string(),
            ),
            rule=Deed.after["rule"].as_string(),
            role=func.coalesce(Deed.after["role"].as_string(), "moderator"),
            by_host=_of_host(reader, Deed.by_id, Deed.at),
            concerns_host=func.coalesce(Ruling.concerns_host, false()),
            confirmed=Ruling.confirmed_at.is_not(None),
            emergency=func.coalesce(Ruling.emergency, "") != "",
            state=case((Ruling.id.is_not(None), literal("undone")), else_=literal("in_force")),
            how=func.coalesce(Ruling.undone_how, literal("")),
        )
        .outerjoin(Ruling, Ruling.id == Deed.after["ruling"].as_integer())
        .where(Deed.deed == "sanction_revoked", stays, Deed.at < _end(reader))
    )


def spam(reader: Reader) -> Select[Any]:
    """Accounts removed with everything of theirs."""
    gone = SpamRemoval.state.in_((UNDOING, UNDONE))
    lines = _line(
        *(reader, SPAM, SpamRemoval.id, SpamRemoval.at, literal(SPAM), literal("account")),
        changed=func.coalesce(SpamRemoval.undone_at, SpamRemoval.at),
        rule=Ruling.rule,
        detected=Ruling.detected,
        role=Ruling.role,
        by_host=_of_host(reader, SpamRemoval.by_id, SpamRemoval.at),
        concerns_host=Ruling.concerns_host,
        confirmed=Ruling.confirmed_at.is_not(None),
        review=and_(Ruling.confirmed_at.is_(None), Ruling.review_by.is_not(None)),
        state=case((gone, literal("undone")), else_=literal("in_force")),
        how=case((gone, func.coalesce(func.nullif(Ruling.undone_how, ""), literal("undo"))), else_=literal("")),
    )
    return lines.join(Ruling, Ruling.id == SpamRemoval.ruling_id).where(SpamRemoval.at <= reader.until)


def notices(reader: Reader) -> Select[Any]:
    """Reports of illegal content that were decided."""
    return _line(
        *(reader, NOTICE, IllegalReport.id, IllegalReport.decided_at, IllegalReport.decision),
        IllegalReport.subject_kind,
        detected=literal("notice"),
        by_host=_of_host(reader, IllegalReport.decided_by_id, IllegalReport.decided_at),
    ).where(IllegalReport.decision != "", IllegalReport.decided_at <= reader.until)


def steps(reader: Reader) -> Select[Any]:
    """What moderators did to topics for order, as the notes in them say."""
    return (
        _line(
            *(reader, STEP, Post.id, Post.created_at, Post.action, literal("topic")),
            board_id=Topic.board_id,
            role=Post.office,
            by_host=func.coalesce(Post.organization_id, 0) == (reader.host_id or -1),
            concerns_host=Topic.concerns_host,
        )
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.office != "", Post.created_at <= reader.until)
    )


def tools(reader: Reader) -> Select[Any]:
    """Of tools used on many topics those that leave no note there, as far as they did something."""
    undone = BulkRun.undone_at.is_not(None)
    return _line(
        *(reader, TOOL, BulkRun.id, BulkRun.at, BulkRun.tool, literal("topic")),
        changed=func.coalesce(BulkRun.undone_at, BulkRun.at),
        by_host=_of_host(reader, BulkRun.by_id, BulkRun.at),
        state=case((undone, literal("undone")), else_=literal("in_force")),
        how=case((undone, literal("undo")), else_=literal("")),
        number=BulkRun.done,
    ).where(BulkRun.tool.in_(WITHOUT_NOTE), BulkRun.done > 0, BulkRun.at <= reader.until)


def peers(reader: Reader) -> Select[Any]:
    """Peers who were taken out of those who moderate, the place or a board."""
    board = cast(case((Deed.subject == "", None), else_=Deed.subject), Ruling.board_id.type)
    return _line(
        *(reader, PEER, Deed.id, Deed.at, Deed.deed, literal("account")),
        board_id=board,
        role=literal("administrator"),
        by_host=_of_host(reader, Deed.by_id, Deed.at),
        concerns_host=true(),
    ).where(Deed.about == PEER, Deed.at <= reader.until)


def words(reader: Reader) -> Select[Any]:
    """Watched words, by what they do: never the word, which may be unkind, or be written otherwise by who reads it."""
    does = func.coalesce(Deed.after["does"].as_string(), Deed.before["does"].as_string(), literal(""))
    return _line(
        *(reader, WORD, Deed.id, Deed.at, Deed.deed, does),
        role=literal("administrator"),
        by_host=_of_host(reader, Deed.by_id, Deed.at),
    ).where(Deed.about == "word", Deed.at <= reader.until)


SOURCES: Mapping[str, Callable[[Reader], Select[Any]]] = {
    APPEAL: appeals,
    DECISION: decisions,
    NOTICE: notices,
    PEER: peers,
    REVOKED: revoked,
    SANCTION: sanctions,
    SPAM: spam,
    STEP: steps,
    TOOL: tools,
    WORD: words,
}


def _end(reader: Reader) -> datetime:
    """Of the day before today, or of the one to which they ask."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return min(today, reader.until + _DAY)


def _of_host(reader: Reader, by_id: Any, at: Any) -> ColumnElement[bool]:
    return organizations.belongs(by_id, at, reader.host_id)


def _line(reader: Reader, source: str, id_: Any, at: Any, act: Any, about: Any, **given: Any) -> Select[Any]:
    """In the order of `queries.Line`. What is not given: on no board, by a moderator, by no rule, and it stands."""
    board_id, nowhere = given.get("board_id"), literal(None, Ruling.board_id.type)
    seen: Any = false() if board_id is None else func.coalesce(board_id, 0).in_(seen_boards(reader.actor))
    columns: list[Any] = [
        literal(source).label("source"),
        id_.label("id"),
        at.label("at"),
        given.get("changed", at).label("changed"),
        act.label("act"),
        about.label("about"),
        given.get("rule", literal("")).label("rule"),
        given.get("detected", literal("")).label("detected"),
        (nowhere if board_id is None else case((seen, board_id))).label("board_id"),
        (false() if board_id is None else and_(board_id.is_not(None), ~seen)).label("elsewhere"),
        _role(given.get("role", literal("moderator")), board_id).label("role"),
        given["by_host"].label("by_host"),
        *(given.get(name, false()).label(name) for name in _WHETHER),
        given.get("state", literal("in_force")).label("state"),
        given.get("how", literal("")).label("how"),
        given.get("number", literal(0)).label("number"),
    ]
    return select(*columns)


def _role(role: Any, board_id: Any) -> ColumnElement[str]:
    """The office, where enough hold it to stay one of several; else the wider one."""
    admins = select(func.count()).where(GroupMember.group_id == int(Group.ADMINISTRATORS)).scalar_subquery()
    lonely = and_(role == "administrator", admins < FEW)
    if board_id is not None:
        many = (
            select(Board.id)
            .join(Appointment, moderating.covers(Board))
            .where(*moderating.in_force(clock.now()))
            .group_by(Board.id)
            .having(func.count(Appointment.account_id.distinct()) >= FEW)
        )
        lonely = or_(lonely, and_(role == "board_moderator", board_id.not_in(many)))
    return case((lonely, literal("moderator")), else_=role)
