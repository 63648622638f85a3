"""Authors of an archive become placeholders: accounts without address or password, for their people to claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts.models import Account, FormerName
from forum.accounts.sanction_models import Sanction
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Kind, Trust, require

# What the columns hold.
_DISPLAY, _HEADLINE, _LONGEST_NAME, _LONGEST_KEY = 60, 120, 80, 200


@dataclass(frozen=True, slots=True)
class ImportedAuthor:
    """Somebody as an archive knows them. `created_at`: when they first wrote."""

    name: str
    created_at: datetime
    display_name: str = ""
    headline: str = ""
    trust: Trust = Trust.NEWCOMER
    suspended: bool = False


def import_authors(session: Session, actor: Actor, authors: Sequence[ImportedAuthor], at: datetime) -> list[int]:
    """The id of a new placeholder for each, in their order. An author who fits our rules keeps the name, unless
    somebody has it: nobody here becomes the author of another's words because they are called alike."""
    require(actor, Act.IMPORT)
    if not authors:
        return []
    taken = _taken(session)
    rows: list[dict[str, Any]] = []
    for author in authors:
        name = names.from_foreign(author.name, lambda candidate: names.fold(candidate) in taken)
        taken.add(names.fold(name))
        rows.append(_row(author, name, at))
    ids = session.scalars(
        insert(Account).returning(Account.id, sort_by_parameter_order=True),
        rows,
        execution_options={"render_nulls": True},
    ).all()
    suspended = [account_id for account_id, author in zip(ids, authors, strict=True) if author.suspended]
    if suspended:
        session.execute(insert(Sanction), [_suspension(account_id, at) for account_id in suspended])
    return list(ids)


def remember_names(session: Session, actor: Actor, handles: Sequence[tuple[int, str]], at: datetime) -> None:
    """(account id, name elsewhere): links and mentions that say so find the account, unless the name leads to somebody
    already."""
    require(actor, Act.IMPORT)
    taken = _taken(session) if handles else set()
    rows: list[dict[str, Any]] = []
    for account_id, name in handles:
        key = names.fold(name)
        if key not in taken and len(name) <= _LONGEST_NAME and len(key) <= _LONGEST_KEY:
            taken.add(key)
            rows.append({"name_key": key, "name": name, "account_id": account_id, "changed_at": at})
    if rows:
        session.execute(insert(FormerName), rows)


def wrote_earlier(session: Session, actor: Actor, account_id: int, at: datetime) -> None:
    """Another archive knows a placeholder's earlier words."""
    require(actor, Act.IMPORT)
    session.execute(
        update(Account)
        .where(Account.id == account_id, Account.placeholder_since.is_not(None), Account.created_at > at)
        .values(created_at=at)
    )


def _taken(session: Session) -> set[str]:
    return {*session.scalars(select(Account.name_key)), *session.scalars(select(FormerName.name_key))}


def _row(author: ImportedAuthor, name: str, at: datetime) -> dict[str, Any]:
    display = one_line(author.display_name) or (one_line(author.name) if name != author.name else "")
    return {
        "name": name,
        "name_key": names.fold(name),
        "created_at": author.created_at,
        "placeholder_since": at,
        "trust": str(author.trust),
        "display_name": "" if display == name else display[:_DISPLAY],
        "headline": one_line(author.headline)[:_HEADLINE],
    }


def _suspension(account_id: int, at: datetime) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "kind": str(Kind.SUSPENSION),
        "rule": "other",
        "facts": _("Was suspended in the forum that this account comes from."),
        "since": at,
        "role": "import",
    }
