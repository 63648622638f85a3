"""Reads of the public log: a page of lines, who decides, and how long it takes. A fixed number of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from forum.accounts import queries as accounts
from forum.accounts.models import Account, GroupMember
from forum.boards.models import Board
from forum.caretakers import queries as caretakers
from forum.core import clock
from forum.moderation.cases import LINES
from forum.moderation.queries.targets import targets
from forum.moderation.queries.times import UsualTime, usual_times
from forum.openness.asking import Place, Wanted
from forum.openness.lines import SOURCES, Reader, seen_boards
from forum.organization import queries as organizations
from forum.permissions import Actor, Group

PER_PAGE = 50
_NOW = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done. `changed`: when it was last confirmed or taken back; `elsewhere`: on a board that the
    reader does not see; `board`: its name and slug, "" where it was on none that they see; `number`: to how many topics
    a tool did it."""

    source: str
    id: int
    at: datetime
    changed: datetime
    act: str
    about: str
    rule: str
    detected: str
    board_id: int | None
    elsewhere: bool
    role: str
    by_host: bool
    concerns_host: bool
    automated: bool
    confirmed: bool
    review: bool
    emergency: bool
    state: str
    how: str
    number: int
    board: str
    slug: str

    @property
    def key(self) -> str:
        """Its name on the page and in the feed: the same for ever."""
        return f"{self.source}-{self.id}"


@dataclass(frozen=True)
class Log:
    """`boards`: slug → name of those that can be asked for; `next`: where the page with what was before begins."""

    lines: Sequence[Line]
    boards: Mapping[str, str]
    wanted: Wanted
    next: str

    @property
    def days(self) -> Sequence[tuple[date, Sequence[Line]]]:
        """The lines by days, in UTC."""
        return [(day, list(those)) for day, those in groupby(self.lines, lambda line: line.at.date())]


@dataclass(frozen=True, slots=True)
class Time:
    """Of a kind of what waits: until when it should be decided (`of_service`: in hours of the service), and how long it
    usually takes; None: nothing was."""

    kind: str
    target: timedelta
    of_service: bool
    usual: UsualTime | None


@dataclass(frozen=True)
class Deciders:
    """How many moderate the whole place, how many of them belong to no organization, on which of the boards that the
    reader sees nobody does who belongs to none, and of whom (`host`, "" where there is none) nobody is independent."""

    moderators: int
    peers: int
    peerless: Sequence[tuple[str, str]]
    host: str
    times: Sequence[Time]


def log(session: Session, actor: Actor, wanted: Wanted, before: Place | None = None) -> Log:
    """The latest first, or what comes after a line. Three questions."""
    asked = select(Board.id, Board.slug, Board.name).where(Board.id.in_(seen_boards(actor))).order_by(Board.name)
    boards = {row[0]: (row[1], row[2]) for row in session.execute(asked)}
    ids = {slug: id_ for id_, (slug, _name) in boards.items()}
    host, span = organizations.host(session), wanted.span()
    ends = [clock.now() + _NOW, *([before.at] if before else []), *([span[1]] if span else [])]
    reader = Reader(actor, host.id if host is not None else 0, min(ends))
    only = wanted.act.partition(":")[0]
    parts = [
        _some(build(reader), source, wanted, ids, before)
        for source, build in SOURCES.items()
        if only in ("", source) or only not in SOURCES
    ]
    all_ = union_all(*parts).subquery()
    order = all_.c.at.desc(), all_.c.source, all_.c.id.desc()
    rows: Sequence[Any] = session.execute(select(all_).order_by(*order).limit(PER_PAGE + 1)).all()
    found = []
    for row in rows[:PER_PAGE]:
        slug, name = boards.get(row.board_id or 0, ("", ""))
        found.append(Line(*(*row, name, slug)))
    last = found[-1] if len(rows) > PER_PAGE else None
    return Log(found, dict(boards.values()), wanted, str(Place(last.at, last.source, last.id)) if last else "")


def _some(lines: Select[Any], source: str, wanted: Wanted, ids: Mapping[str, int], before: Place | None) -> Select[Any]:
    """As many of a source as a page may need: its index gives them in this order."""
    there = lines.subquery()
    asked = _narrowed(there.c, wanted, ids)
    if before is not None:
        asked.append(_after(there.c, source, before))
    ordered = select(there).where(*asked).order_by(there.c.at.desc(), there.c.id.desc()).limit(PER_PAGE + 1)
    return select(ordered.subquery())


def _after(columns: Any, source: str, before: Place) -> ColumnElement[bool]:
    if source > before.source:
        return columns.at <= before.at  # type: ignore[no-any-return]
    if source < before.source:
        return columns.at < before.at  # type: ignore[no-any-return]
    return or_(columns.at < before.at, and_(columns.at == before.at, columns.id < before.id))


def _narrowed(columns: Any, wanted: Wanted, ids: Mapping[str, int]) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.rule:
        asked.append(columns.rule == wanted.rule)
    if wanted.board:
        asked.append(columns.board_id == ids.get(wanted.board, 0))
    if wanted.act:
        source, _colon, act = wanted.act.partition(":")
        asked += [columns.source == source, columns.act == act]
    if wanted.role:
        asked.append(columns.role == wanted.role)
    if wanted.by:
        asked.append(columns.automated.is_(wanted.by == "machine"))
    if wanted.state:
        stands = columns.state == "in_force"
        asked.append(stands if wanted.state == "standing" else ~stands)
    if (span := wanted.span()) is not None:
        asked += [columns.at >= span[0], columns.at < span[1]]
    return asked


def deciders(session: Session, actor: Actor) -> Deciders:
    """Who decides, in numbers, and how long it usually takes. Six questions."""
    peers = caretakers.peer_moderators(session)
    whole = select(GroupMember.account_id).where(GroupMember.group_id == int(Group.MODERATORS))
    there = (Account.id.in_(whole), accounts.is_here(clock.now()), accounts.is_public())
    host, took, now = organizations.host(session), usual_times(session), clock.now()
    held = targets(session, now)
    promised = {kind: held.promise(kind, now) for kind in LINES}
    return Deciders(
        session.scalar(select(func.count()).select_from(Account).where(*there)) or 0,
        len(peers),
        caretakers.boards_without_peer(session, seen_boards(actor)),
        host.name if host is not None else "",
        [Time(str(kind), one.target, one.hours is not None, took.get(str(kind))) for kind, one in promised.items()],
    )
