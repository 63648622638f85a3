"""What the guard made of posts: one's own stand-bys, what a Host is asked, and the public list of overrides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.organization.queries import state
from forum.permissions import Act, Actor, Role, allows
from forum.posts.guard_models import Override, OverrideRequest, StandBy
from forum.posts.models import Post, Topic
from forum.posts.queries import visible
from forum.posts.standbys import State

LATEST = 50
PER_PAGE = 30
PIN_DAYS = (1, 3, 7, 14, 30)


@dataclass(frozen=True)
class StandByView:
    """A stand-by of one's own. `topic`: None where its author may not see it any more; `post`: what it became, or the
    member's reply that made it needless."""

    row: StandBy
    topic: Topic | None
    post: Post | None


def stand_bys(session: Session, actor: Actor) -> Sequence[StandByView]:
    """One's own: those that wait first, then the latest."""
    rows = session.scalars(
        select(StandBy)
        .options(joinedload(StandBy.topic).joinedload(Topic.board))
        .where(StandBy.author_id == (actor.account_id or 0))
        .order_by(StandBy.state != State.HELD, StandBy.created_at.desc(), StandBy.id.desc())
        .limit(LATEST)
    ).all()
    seen = allowed_topics(session, actor, [row.topic_id for row in rows])
    posts = _posts(session, actor, [row.post_id for row in rows if row.post_id])
    return [StandByView(row, row.topic if row.topic_id in seen else None, posts.get(row.post_id or 0)) for row in rows]


def stand_by(session: Session, actor: Actor, stand_by_id: int) -> StandBy:
    """One of one's own, with topic and board; NotFound for everybody else's."""
    found = session.scalars(_own(actor, stand_by_id)).first()
    if found is None:
        raise NotFound
    return found


def stand_by_for_update(session: Session, actor: Actor, stand_by_id: int) -> StandBy:
    """The same, its topic locked first, as every verb does; then it."""
    topic_id = session.scalar(select(StandBy.topic_id).where(StandBy.id == stand_by_id))
    session.execute(select(Topic.id).where(Topic.id == topic_id).with_for_update())
    wanted = _own(actor, stand_by_id).with_for_update(of=StandBy).execution_options(populate_existing=True)
    found = session.scalars(wanted).first()
    if found is None:
        raise NotFound
    return found


def _own(actor: Actor, stand_by_id: int) -> Select[StandBy]:
    return (
        select(StandBy)
        .join(StandBy.topic)
        .join(Topic.board)
        .options(contains_eager(StandBy.topic).contains_eager(Topic.board))
        .where(StandBy.id == stand_by_id, StandBy.author_id == (actor.account_id or 0))
    )


def held_here(session: Session, actor: Actor, topic: Topic) -> StandBy | None:
    """The actor's own stand-by in a topic."""
    if topic.stand_by_id is None or actor.belonging is None:
        return None
    mine = (StandBy.id == topic.stand_by_id, StandBy.author_id == actor.account_id)
    return session.scalars(select(StandBy).where(*mine)).first()


@dataclass(frozen=True)
class Beside:
    """A colleague's reply that stands by in a topic: whose, and until when, where that is known. Not what it says."""

    name: str
    shown_name: str
    until: datetime | None


def beside(session: Session, actor: Actor, topic: Topic) -> Beside | None:
    """The stand-by of somebody else of an organization, for whoever would write beside it."""
    if topic.stand_by_id is None or actor.belonging is None:
        return None
    row = session.execute(
        select(Account, StandBy.until)
        .join(StandBy, StandBy.author_id == Account.id)
        .where(StandBy.id == topic.stand_by_id, StandBy.author_id != actor.account_id)
    ).first()
    return Beside(row.Account.name, row.Account.shown_name, row.until) if row is not None else None


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[int, int]]:
    """Ids of stand-bys to look at, and of their authors, the longest due first. For the worker."""
    rows = session.execute(
        select(StandBy.id, StandBy.author_id)
        .where(StandBy.state == "held", StandBy.look_at <= now)
        .order_by(StandBy.look_at, StandBy.id)
        .limit(limit)
    )
    return [(row.id, row.author_id) for row in rows]


def allowed_topics(session: Session, actor: Actor, topic_ids: Sequence[int]) -> frozenset[int]:
    """Which of these topics the actor may see."""
    if not topic_ids:
        return frozenset()
    asked = select(Topic.id).join(Topic.board).where(Topic.id.in_(topic_ids), visible.topics(actor))
    return frozenset(session.scalars(asked))


@dataclass(frozen=True)
class PinChoices:
    """For how many days the actor may hold a topic at the top, and whether on the whole site."""

    days: Sequence[int]
    on_site: bool


def pin_choices(session: Session, actor: Actor, topic: Topic) -> PinChoices | None:
    """What may be chosen; None: they may not. Members of staff have the charter's longest, moderators any."""
    if not allows(actor, Act.PIN_TOPIC, topic):
        return None
    longest, announces = PIN_DAYS[-1], True
    if actor.belonging is not None:
        longest = state.board_state(session, topic.board, clock.now()).limits.pin_days
        announces = actor.belonging.has_everywhere(Role.ANNOUNCER)
    days = [one for one in PIN_DAYS if one <= longest]
    return PinChoices(days or [longest], (actor.is_moderator or actor.is_staff) and announces)


def ours_pinned(session: Session, actor: Actor, topic: Topic, now: datetime, scope: str) -> Sequence[Topic]:
    """Topics that an organization holds at the top, of which one would make room for this one: on its board, and for
    the whole site on that, where as many are up there as may be; then only what is in both."""
    up = (Topic.pinned_until > now, Topic.pinned_as != "", Topic.id != topic.id)
    asked = select(Topic).where(*up, visible.listed(actor)).order_by(Topic.pinned_until)
    found, most = session.scalars(asked).all(), state.board_state(session, topic.board, now).limits.pins
    here = {one.id for one in found if one.board_id == topic.board_id}
    places = [here] if scope != "site" else [here, {one.id for one in found if one.pin_scope == "site"}]
    full = [place for place in places if len(place) >= most]
    return [one for one in found if full and all(one.id in place for place in full)]


# ── what a Host is asked ──────────────────────────────────────────────────────────────────────────────────────────────


def asked_of(session: Session, actor: Actor) -> Sequence[OverrideRequest]:
    """What waits for the actor's yes or no, as a Host who did not write it."""
    if not actor.speaks_as(Role.HOST):
        return []
    rows = session.scalars(
        _requests().where(OverrideRequest.decided_at.is_(None), OverrideRequest.expires_at > clock.now())
    )
    return [row for row in rows if allows(actor, Act.ANSWER_REQUEST, row)]


def asked_by(session: Session, actor: Actor) -> Sequence[OverrideRequest]:
    """What the actor asked Hosts lately."""
    mine = _requests().where(OverrideRequest.author_id == (actor.account_id or 0))
    return session.scalars(mine.order_by(None).order_by(OverrideRequest.id.desc()).limit(LATEST)).all()


@dataclass(frozen=True)
class Leave:
    """A Host's yes that was not used yet: whose, and how long it lasts."""

    by: str
    until: datetime


def leave_here(session: Session, actor: Actor, place: str, place_id: int, intent: str) -> Leave | None:
    """What the actor may post at a place for this purpose, since a Host said yes. The words must be the very ones."""
    now = clock.now()
    row = session.execute(
        select(OverrideRequest.expires_at, Account)
        .outerjoin(Account, Account.id == OverrideRequest.decided_by_id)
        .where(
            OverrideRequest.author_id == (actor.account_id or 0),
            OverrideRequest.place == place,
            OverrideRequest.place_id == place_id,
            OverrideRequest.intent == intent,
            OverrideRequest.is_approved,
            OverrideRequest.used_at.is_(None),
            OverrideRequest.expires_at > now,
        )
        .order_by(OverrideRequest.id.desc())
    ).first()
    return Leave(row.Account.shown_name if row.Account else "", row.expires_at) if row is not None else None


def request_for_update(session: Session, actor: Actor, request_id: int) -> OverrideRequest:
    """A request, locked, for whoever may answer it; NotFound."""
    locked = _requests().where(OverrideRequest.id == request_id).with_for_update(of=OverrideRequest)
    found = session.scalars(locked.execution_options(populate_existing=True)).first()
    if found is None or not allows(actor, Act.ANSWER_REQUEST, found):
        raise NotFound
    return found


def _requests() -> Select[OverrideRequest]:
    return (
        select(OverrideRequest)
        .options(joinedload(OverrideRequest.author), joinedload(OverrideRequest.board))
        .order_by(OverrideRequest.asked_at, OverrideRequest.id)
    )


# ── overrides ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class OverridesPage:
    """A page of the public list. `posts`: post id → the post, where the reader may read it."""

    rows: Page[Override]
    posts: Mapping[int, Post]


def overrides_page(session: Session, actor: Actor, page: int = 1) -> OverridesPage:
    """What was posted all the same on boards that the actor may see, the latest first. NotFound for no such page."""
    seen = select(Board.id).where(boards.visible(actor))
    count = session.scalar(select(func.count()).select_from(Override).where(Override.board_id.in_(seen))) or 0
    pages = pages_for(count, PER_PAGE)
    if not 1 <= page <= pages:
        raise NotFound
    rows = session.scalars(
        select(Override)
        .options(joinedload(Override.board))
        .where(Override.board_id.in_(seen))
        .order_by(Override.at.desc(), Override.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    posts = _posts(session, actor, [row.post_id for row in rows if row.post_id])
    return OverridesPage(Page(rows, page, pages), posts)


def _posts(session: Session, actor: Actor, post_ids: Sequence[int]) -> Mapping[int, Post]:
    """Those of them that the actor may read, by id, with topic and author."""
    if not post_ids:
        return {}
    found = session.scalars(
        select(Post)
        .join(Post.topic)
        .options(contains_eager(Post.topic), joinedload(Post.author))
        .where(Post.id.in_(post_ids), visible.posts(actor))
    )
    return {post.id: post for post in found}
