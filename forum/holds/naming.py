"""Whether words name the host or one of its people: whole names, found as watched words are, in any case, with or
without accents, and in letters that look alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.holds.words import Action, Matcher, Watched, matcher
from forum.organization import queries as organizations
from forum.organization.called import is_telling, names_of
from forum.organization.models import Affiliation, Organization

SHORTEST = 4
"""Letters of a single word that is somebody's whole name: shorter ones are words of every day."""
_MARKS = str.maketrans("`*™®©", "     ")
"""What would make code, an expression or other letters of a name."""


@dataclass(frozen=True)
class Naming:
    """`names`: of the host and, whole, of those who belong to it now; `accounts`: their account names."""

    host: Organization
    names: tuple[str, ...]
    accounts: tuple[str, ...]
    keys: frozenset[str]

    @cached_property
    def _matcher(self) -> Matcher:
        return matcher(tuple(Watched(name, Action.FLAG, in_links=True) for name in self.names))

    def stands_in(self, texts: Iterable[str]) -> bool:
        """Whether one of the names stands in what was written."""
        return any(self._matcher.hits(_bare(text)) for text in texts if text)

    def is_hit_by(self, watched: Watched) -> bool:
        """Whether a watched word names one of them, or part of one."""
        found = Matcher([replace(watched, board_id=None, in_links=True)])
        return self.stands_in([watched.pattern]) or any(found.hits(name) for name in (*self.names, *self.accounts))


def naming(session: Session) -> Naming | None:
    """By what the host and its people are known now; None where nobody hosts the place. Two questions."""
    host = organizations.host(session)
    if host is None:
        return None
    theirs = (Affiliation.organization_id == host.id, *organizations.in_force(clock.now()))
    asked = select(Account.name, Account.name_key, Account.display_name).join(
        Affiliation, Affiliation.account_id == Account.id
    )
    people = session.execute(asked.where(*theirs).order_by(Account.id)).all()
    own = names_of(host.name, host.also_known_as)
    names = [*own, *(f"{name}s" for name in own), *(row.display_name for row in people if _is_whole(row.display_name))]
    return Naming(
        host,
        tuple(dict.fromkeys(_bare(name) for name in names)),
        tuple(row.name for row in people),
        frozenset(row.name_key for row in people),
    )


def _is_whole(name: str) -> bool:
    return is_telling(name) and (len(name.split()) > 1 or len(name) >= SHORTEST)


def _bare(text: str) -> str:
    return " ".join(text.translate(_MARKS).split())
