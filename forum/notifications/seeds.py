"""What becomes of conversations that the organization begins on purpose, told to whom they concern."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.notifications import actions
from forum.notifications.drafts import News
from forum.posts.models import Topic
from forum.seeding.events import (
    AskedToTakePart,
    SeedDropped,
    SeedHeldBack,
    SeedMoved,
    SeedPosted,
    SeedReviewed,
    SeedReworded,
    TakingPartAnswered,
)
from forum.seeding.models import Seed, SeedInvitation


def tell_asked(session: Session, event: AskedToTakePart) -> None:
    """Who was asked to take part."""
    row = session.get_one(Seed, event.seed_id)
    news = News("seed_asked", f"seed-asked:{row.id}", event.by_id, title=row.title, url=_door(row))
    actions.notify(session, news, [event.account_id])


def tell_enough(session: Session, event: TakingPartAnswered) -> None:
    """Its owner, once two have said yes."""
    if event.enough:
        row = session.get_one(Seed, event.seed_id)
        news = News("seed_ready", f"seed-ready:{row.id}:{row.version}", None, title=row.title, url=_place(row))
        actions.notify(session, news, [row.owner_id])


def tell_there(session: Session, event: SeedPosted) -> None:
    """Who said yes, that it is there."""
    row = session.get_one(Seed, event.seed_id)
    topic = session.scalars(select(Topic).options(joinedload(Topic.board)).where(Topic.id == event.topic_id)).one()
    news = News("seed_there", f"seed-there:{row.id}", row.owner_id, topic=topic)
    actions.notify(session, news, _who_said_yes(session, row.id))


def tell_moved(session: Session, event: SeedMoved) -> None:
    """Who said yes, that it comes at another time."""
    row = session.get_one(Seed, event.seed_id)
    news = News("seed_moved", f"seed-moved:{row.id}:{row.version}", event.by_id, title=row.title, url=_door(row))
    actions.notify(session, news, _who_said_yes(session, row.id))


def tell_reworded(session: Session, event: SeedReworded) -> None:
    """Who said yes to other words, that they are asked again."""
    row = session.get_one(Seed, event.seed_id)
    about = f"seed-reworded:{row.id}:{row.version}"
    news = News("seed_reworded", about, event.by_id, title=row.title, url=_door(row))
    actions.notify(session, news, event.account_ids)


def tell_dropped(session: Session, event: SeedDropped) -> None:
    """Who said yes, that it does not come."""
    row = session.get_one(Seed, event.seed_id)
    told = f"{row.title} · {row.reason}"[:255]
    news = News("seed_off", f"seed-off:{row.id}", event.by_id, title=told, url=_door(row))
    actions.notify(session, news, _who_said_yes(session, row.id))


def tell_held(session: Session, event: SeedHeldBack) -> None:
    """Its owner, with the numbers."""
    row = session.get_one(Seed, event.seed_id)
    told = f"{row.title} · {row.held_because}"[:255]
    news = News("seed_held", f"seed-held:{row.id}:{row.planned_at:%Y%m%d%H%M}", None, title=told, url=_place(row))
    actions.notify(session, news, [row.owner_id])


def tell_reviewed(session: Session, event: SeedReviewed) -> None:
    """Its owner, after a week."""
    row = session.get_one(Seed, event.seed_id)
    news = News("seed_reviewed", f"seed-reviewed:{row.id}", None, title=row.title, url=_place(row))
    actions.notify(session, news, [row.owner_id])


def _who_said_yes(session: Session, seed_id: int) -> Sequence[int]:
    yes = (SeedInvitation.seed_id == seed_id, SeedInvitation.answer == "yes")
    return session.scalars(select(SeedInvitation.account_id).where(*yes)).all()


def _place(row: Seed) -> str:
    return f"/organization/seeding/{row.id}"


def _door(row: Seed) -> str:
    return f"/taking-part/{row.id}"
