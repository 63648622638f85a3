"""The seeding calendar for calendar programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Account
from forum.accounts.queries import secret_hash
from forum.core import clock
from forum.core.errors import NotFound
from forum.gatherings.icalendar import Entry
from forum.organization.seeds import Kind, State
from forum.permissions import Act, Actor, Right, require
from forum.seeding.models import Seed, SeedCalendar

BACK = timedelta(days=90)
MOST = 500
# For so long a calendar is told that one was dropped.
DROPPED_FOR = timedelta(days=30)
LASTS = timedelta(minutes=30)


def whose(session: Session, secret: str) -> Account:
    """The account whose address this is; NotFound where it leads nowhere (any more)."""
    found = session.scalars(
        select(Account)
        .join(SeedCalendar, SeedCalendar.account_id == Account.id)
        .where(SeedCalendar.secret_hash == secret_hash(secret))
    ).first()
    if found is None:
        raise NotFound
    return found


def own(session: Session, actor: Actor) -> SeedCalendar | None:
    """The actor's address, if they have one."""
    return session.get(SeedCalendar, actor.account_id or 0)


def entries(session: Session, actor: Actor, base_url: str, host: str) -> Sequence[Entry]:
    """From ninety days ago on, soonest first, on the boards that the actor sees."""
    require(actor, Act.SEE_SEEDS)
    now = clock.now()
    dropped = and_(Seed.state == State.DROPPED, Seed.dropped_at > now - DROPPED_FOR)
    rows = session.scalars(
        select(Seed)
        .options(joinedload(Seed.board), joinedload(Seed.owner))
        .where(
            Seed.board_id.in_(actor.boards_with(Right.SEE)),
            Seed.planned_at > now - BACK,
            or_(Seed.state != State.DROPPED, dropped),
        )
        .order_by(Seed.planned_at, Seed.id)
        .limit(MOST)
    )
    return [_entry(row, base_url, host) for row in rows]


def _entry(row: Seed, base_url: str, host: str) -> Entry:
    asks_anything = row.kind == Kind.AMA and row.starts_at is not None
    begins = row.starts_at if asks_anything and row.starts_at else row.posted_at or row.planned_at
    return Entry(
        uid=f"seed-{row.id}@{host}",
        title=f"{row.title} · {row.board.name}",
        starts_at=begins,
        ends_at=row.ends_at if asks_anything else begins + LASTS,
        changed_at=row.changed_at,
        sequence=row.version,
        url=f"{base_url}/organization/seeding/{row.id}",
        text=f"{row.ask}\n{row.owner.shown_name}",
        is_cancelled=row.state == State.DROPPED,
    )
