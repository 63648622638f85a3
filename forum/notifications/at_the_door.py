"""Roles given and ended, told to who wears them; what the guard held back, to whose words they are; what a Host is
asked, to the Hosts."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from forum.boards.models import Board
from forum.core import clock
from forum.notifications import actions
from forum.notifications.drafts import News
from forum.organization.events import HostAnswered, HostAsked, RoleEnded, RoleGranted, StandBySettled
from forum.organization.models import RoleGrant
from forum.permissions import Role
from forum.posts.guard_models import OverrideRequest, StandBy
from forum.posts.models import Topic
from forum.posts.standbys import State

_PLACE, _HOW, _LOG = "/stand-bys", "/organization/how-we-write", "/organization/roles"
_KINDS = {
    State.PUBLISHED: "stand_by_posted",
    State.RELEASED: "stand_by_posted",
    State.CANCELLED: "stand_by_answered",
    State.EXPIRED: "stand_by_over",
    State.MOOT: "stand_by_over",
}
"""Who withdraws their own knows of it."""


def tell_role(session: Session, event: RoleGranted) -> None:
    """Who is to speak in it: the page it leads to says what it is for, and that members have the first word."""
    grant = session.get_one(RoleGrant, event.grant_id)
    news = News("role_given", f"role-given:{grant.id}", grant.by_id, title=_boards(session, grant), url=_HOW)
    actions.notify(session, news, [grant.account_id])


def tell_role_ended(session: Session, event: RoleEnded) -> None:
    """Who spoke in it, unless they do so on other boards from now on."""
    if not event.is_given_anew:
        grant = session.get_one(RoleGrant, event.grant_id)
        news = News("role_ended", f"role-ended:{grant.id}", grant.ended_by_id, title=_boards(session, grant), url=_LOG)
        actions.notify(session, news, [grant.account_id])


def _boards(session: Session, grant: RoleGrant) -> str:
    """The boards that it is for; "": all of them."""
    names = select(Board.name).where(Board.id.in_(grant.board_ids)).order_by(Board.name)
    return ", ".join(session.scalars(names))[:255] if grant.board_ids else ""


def tell_what_became(session: Session, event: StandBySettled) -> None:
    """Its author. Where a member answered, it is theirs to thank them."""
    kind = _KINDS.get(State(event.state))
    row = session.get_one(StandBy, event.stand_by_id)
    if kind is not None:
        topic = session.scalars(select(Topic).options(joinedload(Topic.board)).where(Topic.id == row.topic_id)).one()
        news = News(kind, about=f"stand-by:{row.id}", by=None, title=topic.title, url=_PLACE, reason=row.refusal)
        actions.notify(session, news, [row.author_id])


def tell_hosts(session: Session, event: HostAsked) -> None:
    """The Hosts of its organization on the board, but who wrote it."""
    row = session.get_one(OverrideRequest, event.request_id)
    now = clock.now()
    grants = session.scalars(
        select(RoleGrant).where(
            RoleGrant.organization_id == row.organization_id,
            RoleGrant.role == Role.HOST,
            RoleGrant.account_id != row.author_id,
            or_(RoleGrant.until.is_(None), RoleGrant.until > now),
        )
    )
    hosts = [grant.account_id for grant in grants if not grant.board_ids or row.board_id in grant.board_ids]
    news = News("leave_asked", about=f"leave-asked:{row.id}", by=row.author_id, title=row.title, url=_PLACE)
    actions.notify(session, news, hosts)


def tell_answer(session: Session, event: HostAnswered) -> None:
    """Who asked."""
    row = session.get_one(OverrideRequest, event.request_id)
    kind = "leave_given" if row.is_approved else "leave_declined"
    news = News(kind, about=f"leave:{row.id}", by=event.by_id, title=row.title, url=_PLACE)
    actions.notify(session, news, [row.author_id])
