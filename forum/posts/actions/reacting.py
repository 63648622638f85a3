"""Thanks, helpful, agree, …: one of each kind a member."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.db.dialect import upsert
from forum.core.errors import Invalid, TooSoon
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.permissions import Act, Actor, require
from forum.posts import standing
from forum.posts.events import ConfirmedByPeers, Reacted, ReactionWithdrawn
from forum.posts.limits import REACTIONS, THANKS, limits_from
from forum.posts.models import Post, Reaction
from forum.site import queries as sites

WORKED = "worked_for_me"
_DAY = timedelta(days=1)


def react(session: Session, actor: Actor, post: Post, kind: str) -> None:
    """Say `kind` to a post; saying it twice changes nothing."""
    require(actor, Act.REACT, post)
    if kind not in REACTIONS:
        raise Invalid(_("There is no such reaction."))
    if _standing(session, actor, post, kind):
        return
    if kind == THANKS:
        check_thanks(session, actor, post)
    row = {"post_id": post.id, "account_id": actor.account_id, "kind": kind, "created_at": clock.now()}
    upsert(session, Reaction.__table__, [row], key=["post_id", "account_id", "kind"])  # type: ignore[arg-type]
    emit(session, Reacted(post.id, actor.account_id or 0, kind))
    _count_worked(session, post, kind)


def unreact(session: Session, actor: Actor, post: Post, kind: str) -> None:
    """Take a reaction back; harmless when there is none."""
    require(actor, Act.REACT, post)
    if not _standing(session, actor, post, kind):
        return
    session.execute(delete(Reaction).where(*_mine(actor, post, kind)))
    emit(session, ReactionWithdrawn(post.id, actor.account_id or 0, kind))
    _count_worked(session, post, kind)


def check_thanks(session: Session, actor: Actor, post: Post) -> None:
    """Raise TooSoon where the day's thanks are given, and not to this post: given all day long they say nothing."""
    require(actor, Act.REACT, post)
    if _standing(session, actor, post, THANKS):
        return
    most = limits_from(sites.settings(session)).thanks_a_day
    mine = (Reaction.account_id == actor.account_id, Reaction.kind == THANKS)
    latest = Reaction.created_at.desc()
    given = session.scalars(
        select(Reaction.created_at).where(*mine, Reaction.created_at > clock.now() - _DAY).order_by(latest).limit(most)
    ).all()
    if len(given) >= most:
        again = given[-1] + _DAY - clock.now()
        words = ngettext(
            "You have thanked %(num)s time within a day. Tomorrow there is room again.",
            "You have thanked %(num)s times within a day. Tomorrow there is room again.",
            most,
        )
        raise TooSoon(words, int(again.total_seconds()) + 1)


def _count_worked(session: Session, post: Post, kind: str) -> None:
    """Enough peers for whom it worked confirm an answer."""
    if kind != WORKED:
        return
    before = post.peers_confirmed_at
    standing.settle_post(session, post)
    if before is None and post.peers_confirmed_at is not None and not post.is_opening:
        emit(session, ConfirmedByPeers(post.topic_id, post.id))


def _mine(actor: Actor, post: Post, kind: str) -> tuple[ColumnElement[bool], ...]:
    return (Reaction.post_id == post.id, Reaction.account_id == actor.account_id, Reaction.kind == kind)


def _standing(session: Session, actor: Actor, post: Post, kind: str) -> bool:
    return session.scalar(select(Reaction.post_id).where(*_mine(actor, post, kind))) is not None
