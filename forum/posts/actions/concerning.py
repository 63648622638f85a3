"""Whether words are by or about the host, noted when they are published: its people then do not judge them alone."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts.models import Account
from forum.core import clock
from forum.holds.models import HeldPost
from forum.organization import queries as organizations
from forum.organization.models import Affiliation, Organization
from forum.posts.calls import calls
from forum.posts.drafts import Written
from forum.posts.models import Post


def note_concern(session: Session, post: Post, body: Written) -> None:
    """By the host's people, an answer to one of its official posts, or naming it or one of its people. What once was so
    stays so: moderators may have looked at it as that."""
    if post.concerns_host:
        return
    host = organizations.host(session)
    post.concerns_host = host is not None and (
        post.organization_id == host.id
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
