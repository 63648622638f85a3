"""Whether words are by or about the host, noted when they are published: its people then do not judge them alone."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts.models import Account
from forum.core import clock
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
    answered = None if post.is_opening else (post.topic_id, post.reply_to_number or 1)
    post.concerns_host = concerns_host(session, body, post.organization_id, answered)
    if post.is_opening:
        post.topic.concerns_host = post.concerns_host


def concerns_host(
    session: Session, body: Written, organization_id: int | None, answered: tuple[int, int] | None
) -> bool:
    """The same of words that are no post: whose they are, and which post (topic, number) they answer."""
    host = organizations.host(session)
    return host is not None and (
        organization_id == host.id
        or _names_it(host, body)
        or _names_its_people(session, host, body)
        or (answered is not None and _answers_it(session, host, *answered))
    )


def _names_it(host: Organization, body: Written) -> bool:
    return re.search(rf"(?<!\w){re.escape(host.name)}(?!\w)", body.rendered.plain, re.IGNORECASE) is not None


def _names_its_people(session: Session, host: Organization, body: Written) -> bool:
    called = calls(body.rendered.html).names
    if not called:
        return False
    there = (
        select(Account.id)
        .join(Affiliation, Affiliation.account_id == Account.id)
        .where(
            Account.name_key.in_([names.fold(name) for name in called]),
            Affiliation.organization_id == host.id,
            *organizations.in_force(clock.now()),
        )
    )
    return session.scalar(there.limit(1)) is not None


def _answers_it(session: Session, host: Organization, topic_id: int, number: int) -> bool:
    answered = select(Post.id).where(
        Post.topic_id == topic_id,
        Post.number == number,
        Post.organization_id == host.id,
        Post.capacity != "personal",
    )
    return session.scalar(answered) is not None
