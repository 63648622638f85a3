"""Two accounts of one person: what would move, seen before anything does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core.db.moving import count, references
from forum.core.words import gettext as _
from forum.core.words import mark
from forum.permissions import Act, Actor, require

# Where an account is named by what it did to others or to itself: ended with it, or part of the log.
LEFT = ("account_sessions", "account_tokens", "deeds", "seen_addresses")

# Column → what people call its rows. What is not here is counted together at the end.
_WORDS = {
    "topics.author_id": mark("topics"),
    "posts.author_id": mark("posts"),
    "revisions.author_id": mark("earlier versions of posts"),
    "reactions.account_id": mark("reactions"),
    "topic_reads.account_id": mark("reading positions"),
    "group_members.account_id": mark("memberships in groups"),
    "former_names.account_id": mark("former names"),
    "affiliations.account_id": mark("affiliations"),
    "page_acceptances.account_id": mark("accepted versions of the rules"),
    "poll_votes.account_id": mark("votes in polls"),
}


@dataclass(frozen=True, slots=True)
class Moving:
    """How many rows of one sort would move."""

    words: str
    number: int


def what_moves(session: Session, actor: Actor, gone: Account) -> Sequence[Moving]:
    """What would go over to the account that stays, the largest first; duplicates then count once."""
    require(actor, Act.ADMINISTER)
    found: list[Moving] = []
    rest = 0
    for column in references(Account.__table__):  # type: ignore[arg-type]
        if column.table.name in LEFT:
            continue
        number, words = count(session, column, gone.id), _WORDS.get(f"{column.table.name}.{column.name}")
        if words is None:
            rest += number
        elif number:
            found.append(Moving(_(words), number))
    found.sort(key=lambda one: -one.number)
    return [*found, Moving(_("other traces"), rest)] if rest else found
