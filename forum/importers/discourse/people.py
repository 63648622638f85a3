"""Authors of an archive: who is here already, who becomes a placeholder, and what everybody is called here."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts.actions.importing import ImportedAuthor, import_authors, remember_names, wrote_earlier
from forum.accounts.models import Account, FormerName
from forum.core.db import reading, transaction
from forum.core.db.dialect import max_batch
from forum.importers.discourse.known import Known
from forum.importers.discourse.overview import Overview
from forum.importers.discourse.places import Places
from forum.importers.discourse.records import SourceUser
from forum.importers.models import ImportedItem
from forum.permissions import HOUSE, Trust

AT_ONCE = 500
_TRUSTED = {0: Trust.NEWCOMER, 1: Trust.MEMBER, 2: Trust.MEMBER, 3: Trust.REGULAR, 4: Trust.REGULAR}

# Numbers from -1001 downwards are ours, for authors whom an archive names without a number.
_NAMED_ONLY = -1001
_NUMBERS = 2**31 + _NAMED_ONLY


@dataclass(frozen=True, slots=True)
class People:
    """Account ids of authors, and what they are called here."""

    by_id: Mapping[int, int]
    by_name: Mapping[str, int]
    """By the old name, casefolded."""
    renamed: Mapping[str, str]
    """Old name, casefolded, to the one here, where they differ."""
    keys: frozenset[str]
    """`names.fold` of every name that leads to somebody here."""

    def account_of(self, author: SourceUser | None) -> int | None:
        """Whose words these are; None where nobody is named."""
        if author is None:
            return None
        by_id = self.by_id.get(author.id) if author.id is not None else None
        return by_id or self.by_name.get(author.username.casefold())

    def known(self, candidates: Iterable[str]) -> frozenset[str]:
        """Those of the written names that lead to somebody."""
        return frozenset(name for name in candidates if names.fold(name) in self.keys)


@dataclass(frozen=True, slots=True)
class _Person:
    """One person, by all the names that the archive has for them."""

    foreign_id: int
    author: SourceUser
    names: tuple[str, ...]

    def first_wrote(self, overview: Overview) -> datetime | None:
        times = [overview.first_wrote.get(name.casefold()) for name in self.names]
        return min((time for time in times if time is not None), default=None)


def bring_people(known: Known, places: Places, overview: Overview) -> People:
    """Find or make everybody, some hundred a transaction: a kill between two leaves whole ones, and again goes on."""
    persons = _persons(overview.authors, known)
    ids = {foreign_id: local_id for foreign_id, (local_id, _name) in known.people.items()}
    ids |= _numbered_since(persons, known)
    rows = select(ImportedItem.foreign_id).where(
        ImportedItem.source_id == places.source_id, ImportedItem.kind == "user"
    )
    done = set(reading().scalars(rows))
    waiting = [person for person in persons if person.foreign_id not in done]
    # Whoever fits our rules keeps the name, so they come before those who would be changed into it.
    waiting.sort(key=lambda person: _must_change(person.author.username))
    for start in range(0, len(waiting), AT_ONCE):
        with transaction() as session:
            ids |= _bring(session, waiting[start : start + AT_ONCE], ids, places, overview)
    here = [person for person in persons if person.foreign_id in ids]  # somebody may have left meanwhile
    return _called(reading(), here, ids)


def _must_change(name: str) -> bool:
    return names.from_foreign(name, lambda _name: False) != name


# ── one person a number ───────────────────────────────────────────────────────────────────────────────────────────────


def _persons(authors: Sequence[SourceUser], known: Known) -> list[_Person]:
    """Those without a number are known by their name, from an earlier archive if it was there with one."""
    numbers = {name.casefold(): foreign_id for foreign_id, (_local_id, name) in known.people.items()}
    numbers |= {author.username.casefold(): author.id for author in authors if author.id is not None}
    taken = set(numbers.values())
    first: dict[int, SourceUser] = {}
    called: dict[int, list[str]] = {}
    for author in authors:
        key = author.username.casefold()
        if key not in numbers:
            numbers[key] = _number_for(key, taken)
            taken.add(numbers[key])
        foreign_id = author.id if author.id is not None else numbers[key]
        first.setdefault(foreign_id, author)
        called.setdefault(foreign_id, []).append(author.username)
    return [_Person(foreign_id, author, tuple(called[foreign_id])) for foreign_id, author in first.items()]


def _number_for(key: str, taken: Container[int]) -> int:
    """The same for the same name, in whichever order people come."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) % _NUMBERS
    while _NAMED_ONLY - number in taken:
        number = (number + 1) % _NUMBERS
    return _NAMED_ONLY - number


def _numbered_since(persons: Sequence[_Person], known: Known) -> dict[int, int]:
    """Number → account of those whom an earlier archive only named and this one numbers."""
    named = {
        name.casefold(): local_id for foreign_id, (local_id, name) in known.people.items() if foreign_id <= _NAMED_ONLY
    }
    return {
        person.foreign_id: named[name.casefold()]
        for person in persons
        for name in person.names
        if person.foreign_id not in known.people and name.casefold() in named
    }


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _bring(
    session: Session, persons: Sequence[_Person], ids: Mapping[int, int], places: Places, overview: Overview
) -> dict[int, int]:
    """Accounts for those who have none, word of earlier writing for the rest, and a row for everybody."""
    new = [person for person in persons if person.foreign_id not in ids]
    authors = [_author(person, person.first_wrote(overview) or places.at) for person in new]
    made = import_authors(session, HOUSE, authors, places.at)
    found = {person.foreign_id: ids[person.foreign_id] for person in persons if person.foreign_id in ids}
    for person in persons:
        at = person.first_wrote(overview)
        if person.foreign_id in ids and at is not None:
            wrote_earlier(session, HOUSE, ids[person.foreign_id], at)
    found |= {person.foreign_id: account_id for person, account_id in zip(new, made, strict=True)}
    handles = [(found[person.foreign_id], name) for person in persons for name in person.names]
    remember_names(session, HOUSE, handles, places.at)
    session.execute(insert(ImportedItem), [_row(person, found[person.foreign_id], places) for person in persons])
    return found


def _author(person: _Person, created_at: datetime) -> ImportedAuthor:
    author = person.author
    return ImportedAuthor(
        name=author.username,
        created_at=created_at,
        display_name=author.name,
        headline=author.title,
        trust=_TRUSTED[author.trust_level],
        suspended=author.suspended,
    )


def _row(person: _Person, account_id: int, places: Places) -> dict[str, Any]:
    return {
        "source_id": places.source_id,
        "kind": "user",
        "foreign_id": person.foreign_id,
        "local_id": account_id,
        "foreign_name": person.author.username[:255],
        "by_staff": False,
    }


def _called(session: Session, persons: Sequence[_Person], ids: Mapping[int, int]) -> People:
    """What everybody is called now: somebody may have claimed an account and chosen another name."""
    wanted = sorted({ids[person.foreign_id] for person in persons})
    now: dict[int, str] = {}
    size = max_batch(session)
    for start in range(0, len(wanted), size):
        rows = select(Account.id, Account.name).where(Account.id.in_(wanted[start : start + size]))
        now.update((account_id, name) for account_id, name in session.execute(rows))
    by_name = {name.casefold(): ids[person.foreign_id] for person in persons for name in person.names}
    renamed = {
        name.casefold(): now[by_name[name.casefold()]]
        for person in persons
        for name in person.names
        if now[by_name[name.casefold()]] != name
    }
    keys = frozenset((*session.scalars(select(Account.name_key)), *session.scalars(select(FormerName.name_key))))
    return People({person.foreign_id: ids[person.foreign_id] for person in persons}, by_name, renamed, keys)
