"""Whether words are by or about the host, noted when they are published: its people then do not judge them alone."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts.models import Account
from forum.boards.models import Board
from forum.core import clock
from forum.holds.models import HeldPost
from forum.organization import queries as organizations
from forum.organization.models import Affiliation, Organization
from forum.permissions import Actor
from forum.posts.calls import calls
from forum.posts.drafts import Written
from forum.posts.models import Post, Topic
from forum.posts.powers import ALONE, Concerned, Ground, check_powers, is_peer

LATELY = timedelta(days=30)
MOST_HELD = 20


def note_concern(session: Session, post: Post, body: Written) -> None:
    """By the host's people, on a board for what people think of it, an answer to one of its official posts, or naming
    it or one of its people. What once was so stays so: moderators may have looked at it as that."""
    if post.concerns_host:
        return
    host = organizations.host(session)
    post.concerns_host = host is not None and (
        post.organization_id == host.id
        or post.topic.board.is_feedback
        or _names_it(host, body.rendered.plain)
        or _names_its_people(session, host, body.rendered.html)
        or (not post.is_opening and _answers_it(session, host, post.topic_id, post.reply_to_number))
    )
    if post.is_opening:
        post.topic.concerns_host = post.concerns_host


def held_concerns_host(session: Session, row: HeldPost) -> bool:
    """The same of words that wait."""
    host = organizations.host(session)
    return host is not None and (
        _is_of(session, host, Account.id == row.author_id)
        or _names_it(host, row.plain)
        or _names_its_people(session, host, row.html)
        or (row.topic_id is not None and _answers_it(session, host, row.topic_id, row.reply_to_number))
    )


# ── members ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_of_host(session: Session, account_id: int | None) -> bool:
    """Whether somebody belongs to the host now."""
    host = organizations.host(session)
    return host is not None and account_id is not None and _is_of(session, host, Account.id == account_id)


def wrote_of_host(session: Session, account_id: int) -> bool:
    """Whether somebody wrote within thirty days what is by or about the host, or stands on a board for what people
    think of it: shown, hidden, removed or held."""
    since = clock.now() - LATELY
    about = or_(Post.concerns_host, Board.is_feedback, and_(Post.number == 1, Topic.concerns_host))
    written = select(Post.id).join(Topic, Topic.id == Post.topic_id).join(Board, Board.id == Topic.board_id)
    mine = (Post.author_id == account_id, Post.action == "", Post.created_at > since)
    if session.scalar(written.where(*mine, about).limit(1)) is not None:
        return True
    waited = select(HeldPost, Board.is_feedback).join(Board, Board.id == HeldPost.board_id)
    kept = waited.where(HeldPost.author_id == account_id, HeldPost.opened_at > since)
    rows = session.execute(kept.order_by(HeldPost.id.desc()).limit(MOST_HELD)).all()
    return any(is_feedback or held_concerns_host(session, row) for row, is_feedback in rows)


def concerns_host(session: Session, account_id: int) -> bool:
    """Whether judging a member judges the host, too: one of its own people, or somebody who lately wrote about it."""
    return is_of_host(session, account_id) or wrote_of_host(session, account_id)


def needs_peer_over(session: Session, actor: Actor, account_id: int) -> bool:
    """Whether `actor` may not decide alone of a member: one of the host's people of who belongs to it, or wrote about
    it within thirty days. Whatever is named as the reason, it could be that."""
    is_free = is_peer(actor) or actor.is_house or account_id == actor.account_id
    return not is_free and concerns_host(session, account_id)


def check_powers_over(session: Session, actor: Actor, account_id: int, ground: Ground = ALONE) -> None:
    """Raise PeerNeeded where somebody else must look, and nobody did."""
    if not ground.shared and needs_peer_over(session, actor, account_id):
        check_powers(actor, Concerned(account_id, concerns_host=True), is_feedback=False)


def _names_it(host: Organization, plain: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(host.name)}(?!\w)", plain, re.IGNORECASE) is not None


def _names_its_people(session: Session, host: Organization, html: str) -> bool:
    called = calls(html).names
    return bool(called) and _is_of(session, host, Account.name_key.in_([names.fold(name) for name in called]))


def _is_of(session: Session, host: Organization, who: ColumnElement[bool]) -> bool:
    there = (
        select(Account.id)
        .join(Affiliation, Affiliation.account_id == Account.id)
        .where(who, Affiliation.organization_id == host.id, *organizations.in_force(clock.now()))
    )
    return session.scalar(there.limit(1)) is not None


def _answers_it(session: Session, host: Organization, topic_id: int, number: int | None) -> bool:
    answered = select(Post.id).where(
        Post.topic_id == topic_id,
        Post.number == (number or 1),
        Post.organization_id == host.id,
        Post.capacity != "personal",
    )
    return session.scalar(answered) is not None
