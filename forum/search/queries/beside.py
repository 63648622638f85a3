"""Boards, members and tags whose names are like what was asked for: a short row above the results."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.boards.models import Board, Tag, TagSynonym
from forum.boards.queries import visible
from forum.core.folding import searchable
from forum.permissions import Actor
from forum.posts.queries.people import Person, people
from forum.search.operators import Asked

MOST = 5
SHORTEST = 3
_LAST = "\uffff"


def boards_like(session: Session, actor: Actor, asked: Asked) -> Sequence[Board]:
    """Boards that the actor sees whose names have all the words, as they are or begun."""
    words = searchable(asked.text).split()
    if not words or asked.boards or len(asked.text) < SHORTEST:
        return ()
    boards = session.scalars(select(Board).where(visible(actor)).order_by(Board.name, Board.id))
    return [board for board in boards if _is_called(board, words)][:MOST]


def _is_called(board: Board, words: Sequence[str]) -> bool:
    called = searchable(f"{board.name} {board.slug}").split()
    return all(any(one.startswith(word) for one in called) for word in words)


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
    """Tags called as one of the words, or as all of them; by a synonym, too."""
    words = [word.lower() for word in asked.words if len(word) >= 2]
    if not words:
        return ()
    called = [*words, "-".join(words)]
    other_word = select(TagSynonym.tag_id).where(TagSynonym.slug.in_(called))
    return session.scalars(
        select(Tag)
        .where(or_(Tag.slug.in_(called), func.lower(Tag.name).in_(words), Tag.id.in_(other_word)))
        .order_by(Tag.topic_count.desc(), Tag.slug)
        .limit(MOST)
    ).all()
