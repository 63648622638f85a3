"""Members and tags whose names are like what was asked for: a short row above the results."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.boards.models import Tag
from forum.permissions import Actor
from forum.posts.queries.people import Person, people
from forum.search.operators import Asked

MOST = 5
SHORTEST = 3
_LAST = "\uffff"


def people_like(session: Session, actor: Actor, asked: Asked) -> Sequence[Person]:
    """Members whose name begins with the one word that was asked for, but for those whom the actor ignores.
    Nobody for those who see no lists of people."""
    if not actor.sees_people or len(asked.words) != 1 or asked.exact or len(asked.words[0]) < SHORTEST:
        return ()
    key = names.fold(asked.words[0])
    ids = session.scalars(
        select(Account.id)
        .where(
            Account.name_key >= key,
            Account.name_key < key + _LAST,
            Account.id.not_in(actor.ignored),
            accounts.is_public(),
        )
        .order_by(Account.name_key)
        .limit(MOST)
    ).all()
    return [person for person in people(session, ids).values() if names.fold(person.name).startswith(key)]


def tags_like(session: Session, asked: Asked) -> Sequence[Tag]:
    """Tags called as one of the words."""
    words = [word.lower() for word in asked.words if len(word) >= 2]
    if not words:
        return ()
    return session.scalars(
        select(Tag)
        .where(or_(Tag.slug.in_(words), func.lower(Tag.name).in_(words), Tag.slug == "-".join(words)))
        .order_by(Tag.topic_count.desc(), Tag.slug)
        .limit(MOST)
    ).all()
