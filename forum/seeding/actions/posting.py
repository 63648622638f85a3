"""Posting a seed, at its time or by hand, as its owner."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.core import clock
from forum.core.errors import Conflict
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.holds.models import HeldPost
from forum.organization.intents import Intent
from forum.organization.seeds import LEAST_CONSENTS, Kind, State
from forum.organization.voices import OFFICIAL, Voice
from forum.permissions import Act, Actor, Role, require
from forum.posts import actions as posts
from forum.posts.drafts import TopicDraft, Written
from forum.posts.models import Post
from forum.seeding.actions.planning import USES, check_planned
from forum.seeding.events import SeedHeldBack, SeedPosted
from forum.seeding.models import Seed
from forum.seeding.queries import consents
from forum.uploads import actions as uploads


def post(session: Session, actor: Actor, row: Seed, body: Written, *, by_hand: bool) -> Post:
    """Start the topic now, as its owner (`row` locked, with board; `body`: its words, rendered): once, however often it
    is asked. What the verb or the guard refuses is refused here."""
    require(actor, Act.POST_SEED, row)
    if row.topic_id is not None:
        opening = (Post.topic_id == row.topic_id, Post.number == 1)
        return session.scalars(select(Post).options(joinedload(Post.topic)).where(*opening)).one()
    check_planned(row)
    _check_consents(session, row)
    is_event = row.kind == Kind.EVENT and row.board.kind == "event"
    draft = TopicDraft(
        title=row.title,
        body=body,
        tags=tuple(row.tags),
        fields={"time_zone": row.board.time_zone, "place": row.place} if is_event else {},
        starts_at=row.starts_at if is_event else None,
        ends_at=row.ends_at if is_event else None,
        voice=Voice(str(Intent.SEED), OFFICIAL, str(Role.SEEDER)),
        once=f"seed-{row.id}",
    )
    opening_post = posts.start_topic(session, actor, row.board, draft)
    if isinstance(opening_post, HeldPost):  # undone with everything else
        raise Conflict(_("A moderator would have to look at these words first. Say it otherwise, or ask a moderator."))
    topic = opening_post.topic
    if row.kind == Kind.AMA:
        topic.slot_from, topic.slot_until = row.starts_at, row.ends_at
    row.state, row.topic_id, row.posted_at, row.changed_at = State.POSTED, topic.id, topic.created_at, clock.now()
    row.held_at, row.held_because = None, ""
    row.version += 1
    session.flush()
    uploads.disuse(session, actor, USES, row.id)
    emit(session, SeedPosted(row.id, topic.id, by_hand))
    return opening_post


def hold(session: Session, actor: Actor, row: Seed, reason: str) -> None:
    """Its time came and it was refused (`row` locked): it stays planned, with the reason, until its owner moves it or
    posts it by hand."""
    require(actor, Act.KEEP_TIME)
    if row.state != State.PLANNED or row.held_at is not None or row.planned_at > clock.now():
        return
    row.held_at, row.held_because = clock.now(), reason[:500]
    emit(session, SeedHeldBack(row.id))


def _check_consents(session: Session, row: Seed) -> None:
    said = consents(session, row.id)
    if said < LEAST_CONSENTS:
        raise Conflict(
            ngettext(
                "Two members have to say first that they will take part; %(num)s has.",
                "Two members have to say first that they will take part; %(num)s have.",
                said,
            )
            if said
            else _("Two members have to say first that they will take part; nobody has yet.")
        )
