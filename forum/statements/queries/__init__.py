"""Reads of statements and pledges. What one may not read is not listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.permissions import Act, Actor, Right, require
from forum.posts.models import Post, Topic
from forum.statements.models import Pledge, Statement
from forum.statements.terms import PledgeState, pledge_state

PER_PAGE = 30
IN_FORCE, OVERDUE, SUPERSEDED = "in_force", "overdue", "superseded"
OPEN, SETTLED = "open", "settled"


def today_on(board: Board, now: datetime | None = None) -> date:
    """The day that it is on a board."""
    return (now or clock.now()).astimezone(ZoneInfo(board.time_zone)).date()


@dataclass(frozen=True)
class Removal:
    """That a post is not there any more: since when, and whether its author took it away or a moderator did, with whom
    its words went."""

    at: datetime
    by_author: bool


def removal_of(post: Post) -> Removal | None:
    """Of a post, with its topic; None while it is there."""
    for gone in (post, post.topic):
        if gone.deleted_at is not None:
            return Removal(gone.deleted_at, gone.deleted_by_id is not None and gone.deleted_by_id == post.author_id)
    return Removal(post.hidden_at, by_author=False) if post.hidden_at is not None else None


@dataclass(frozen=True)
class StatementView:
    """A statement with how it stands today; `removal`: its post is not there any more, and it does not hold."""

    statement: Statement
    is_overdue: bool
    removal: Removal | None = None

    @property
    def is_superseded(self) -> bool:
        return self.statement.superseded_by_id is not None


@dataclass(frozen=True)
class PledgeView:
    """A pledge with how it stands today, which does not change with `removal`: its post is not there any more."""

    pledge: Pledge
    state: PledgeState
    removal: Removal | None = None


@dataclass(frozen=True)
class Bound:
    """By what a post binds the organization."""

    statement: StatementView | None
    pledges: Sequence[PledgeView]


def bound_by(session: Session, board: Board, posts: Iterable[Post]) -> Mapping[int, Bound]:
    """Post id → by what it binds, for posts that may be read, of one board; asks nothing where none does."""
    ids = [post.id for post in posts if post.is_binding]
    if not ids:
        return {}
    today = today_on(board)
    statements = session.scalars(
        select(Statement)
        .options(joinedload(Statement.owner), joinedload(Statement.superseded_by))
        .where(Statement.post_id.in_(ids))
    )
    stated = {row.post_id: statement_view(row, today) for row in statements}
    pledged: dict[int, list[PledgeView]] = {id_: [] for id_ in ids}
    rows = select(Pledge).options(joinedload(Pledge.owner)).where(Pledge.post_id.in_(ids)).order_by(Pledge.id)
    for row in session.scalars(rows):
        pledged[row.post_id].append(pledge_view(row, today))
    return {id_: Bound(stated.get(id_), pledged[id_]) for id_ in ids}


def statement_of(session: Session, actor: Actor, post: Post) -> Statement:
    """The statement that a post is, with its owner and successor, for who may change it; NotFound where it is none."""
    require(actor, Act.ANSWER_FOR, post)
    found = session.scalars(
        select(Statement)
        .options(joinedload(Statement.owner), joinedload(Statement.superseded_by))
        .where(Statement.post_id == post.id)
    ).first()
    if found is None:
        raise NotFound
    return found


def pledge_of(session: Session, pledge_id: int) -> Pledge:
    """A pledge with its owner; NotFound. Who may change it is asked of its post."""
    found = session.scalars(select(Pledge).options(joinedload(Pledge.owner)).where(Pledge.id == pledge_id)).first()
    if found is None:
        raise NotFound
    return found


def pledged_post(session: Session, actor: Actor, post_id: int, *, locked: bool = False) -> Post:
    """A post in which something was pledged, there or not, with topic and board, for who may say what became of it;
    NotFound. Locked: its topic first, as every verb does."""
    wanted = (
        select(Post)
        .join(Post.topic)
        .join(Topic.board)
        .options(contains_eager(Post.topic).contains_eager(Topic.board))
        .where(Post.id == post_id, Topic.board_id.in_(actor.boards_with(Right.SEE)))
    )
    if locked:
        topic_id = select(Post.topic_id).where(Post.id == post_id).scalar_subquery()
        session.execute(select(Topic.id).where(Topic.id == topic_id).with_for_update())
        wanted = wanted.with_for_update(of=Post).execution_options(populate_existing=True)
    found = session.scalars(wanted).first()
    if found is None:
        raise NotFound
    require(actor, Act.SETTLE_PLEDGE, found)
    return found


# ── lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def statements_page(session: Session, actor: Actor, which: str = IN_FORCE, page: int = 1) -> Page[StatementView]:
    """What was said officially on boards that the actor sees: in force (latest first), overdue (the longest first), and
    what does not hold any more, superseded or its post removed: the line stays."""
    now = clock.now()
    still = and_(Statement.superseded_by_id.is_(None), _shown())
    kinds = {
        IN_FORCE: still,
        OVERDUE: and_(still, day_has_come(session, Statement.review_on, now)),
        SUPERSEDED: or_(Statement.superseded_by_id.is_not(None), ~_shown()),
    }
    if which not in kinds:
        raise NotFound
    order = (Statement.review_on, Statement.post_id) if which == OVERDUE else (Post.created_at.desc(), Post.id.desc())
    where = (kinds[which], Topic.board_id.in_(actor.boards_with(Right.SEE)))
    count = session.scalar(
        select(func.count())
        .select_from(Statement)
        .join(Statement.post)
        .join(Post.topic)
        .join(Topic.board)
        .where(*where)
    )
    number, pages = _checked(page, count or 0)
    rows = session.scalars(
        select(Statement)
        .join(Statement.post)
        .join(Post.topic)
        .join(Topic.board)
        .options(
            contains_eager(Statement.post).contains_eager(Post.topic).contains_eager(Topic.board),
            contains_eager(Statement.post).joinedload(Post.organization),
            joinedload(Statement.owner),
            joinedload(Statement.superseded_by),
        )
        .where(*where)
        .order_by(*order)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    stated = [statement_view(row, today_on(row.post.topic.board, now), removal_of(row.post)) for row in rows]
    return Page(stated, number, pages)


def pledges_page(session: Session, actor: Actor, which: str = OPEN, page: int = 1) -> Page[PledgeView]:
    """Pledges on boards that the actor sees, whether their post is still there or not: open ones, the next due first;
    settled ones, the latest first."""
    kinds = {
        OPEN: and_(Pledge.kept_on.is_(None), Pledge.withdrawn_at.is_(None)),
        SETTLED: or_(Pledge.kept_on.is_not(None), Pledge.withdrawn_at.is_not(None)),
    }
    if which not in kinds:
        raise NotFound
    where = (kinds[which], Topic.board_id.in_(actor.boards_with(Right.SEE)))
    count = session.scalar(select(func.count()).select_from(Pledge).join(Pledge.post).join(Post.topic).where(*where))
    number, pages = _checked(page, count or 0)
    order = (Pledge.due_on, Pledge.id) if which == OPEN else (Pledge.due_on.desc(), Pledge.id.desc())
    now = clock.now()
    rows = session.scalars(
        select(Pledge)
        .join(Pledge.post)
        .join(Post.topic)
        .join(Topic.board)
        .options(
            contains_eager(Pledge.post).contains_eager(Post.topic).contains_eager(Topic.board),
            joinedload(Pledge.owner),
        )
        .where(*where)
        .order_by(*order)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    pledged = [pledge_view(row, today_on(row.post.topic.board, now), removal_of(row.post)) for row in rows]
    return Page(pledged, number, pages)


def pledge_counts(session: Session, boards: Sequence[int], since: date, at: datetime) -> Mapping[PledgeState, int]:
    """How the pledges stood at an instant that were due from `since` on, or were still open: what the scorecard says of
    them. Of one that was kept only the day is known: it counts as kept from the next day on, however late it is
    asked."""
    counts = dict.fromkeys(PledgeState, 0)
    rows = session.execute(
        select(Pledge.due_on, Pledge.kept_on, Pledge.withdrawn_at, Board.time_zone)
        .join(Pledge.post)
        .join(Post.topic)
        .join(Topic.board)
        .where(
            Topic.board_id.in_(boards),
            Pledge.created_at < at,
            or_(Pledge.due_on >= since, *_unsettled(at)),
        )
    )
    for due_on, kept_on, withdrawn_at, zone in rows:
        today = at.astimezone(ZoneInfo(zone)).date()
        kept = kept_on if kept_on is not None and kept_on < today else None
        withdrawn = withdrawn_at is not None and withdrawn_at < at
        if due_on >= since or not (kept or withdrawn):
            counts[pledge_state(due_on, kept, withdrawn=withdrawn, today=today)] += 1
    return counts


def _unsettled(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """SQL: neither kept nor withdrawn yet, or only after an instant; in some zone it is the day before."""
    never = and_(Pledge.kept_on.is_(None), Pledge.withdrawn_at.is_(None))
    return never, Pledge.kept_on >= (at - timedelta(days=1)).date(), Pledge.withdrawn_at >= at


def _shown() -> ColumnElement[bool]:
    return and_(Post.deleted_at.is_(None), Post.hidden_at.is_(None), Topic.deleted_at.is_(None))


def day_has_come(session: Session, day: SQLColumnExpression[date], now: datetime) -> ColumnElement[bool]:
    """SQL over Board: whether it is that day there, or later. Boards have few time zones."""
    zones = session.scalars(select(Board.time_zone).distinct())
    return or_(
        *(and_(Board.time_zone == zone, day <= now.astimezone(ZoneInfo(zone)).date()) for zone in zones), false()
    )


def statement_view(row: Statement, today: date, removal: Removal | None = None) -> StatementView:
    """As it stands today."""
    is_overdue = removal is None and row.superseded_by_id is None and row.review_on <= today
    return StatementView(row, is_overdue, removal)


def pledge_view(row: Pledge, today: date, removal: Removal | None = None) -> PledgeView:
    """As it stands today."""
    state = pledge_state(row.due_on, row.kept_on, withdrawn=row.withdrawn_at is not None, today=today)
    return PledgeView(row, state, removal)


def _checked(page: int, count: int) -> tuple[int, int]:
    pages = pages_for(count, PER_PAGE)
    if not 1 <= page <= pages:
        raise NotFound
    return page, pages
