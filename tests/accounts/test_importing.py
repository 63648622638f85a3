from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from forum.accounts import names
from forum.accounts.actions.importing import ImportedAuthor, import_authors, remember_names
from forum.accounts.models import Account, FormerName
from forum.core.errors import Refused
from forum.permissions import HOUSE
from tests import cast

THEN = datetime(2014, 1, 16, tzinfo=UTC)
ODD = [
    "..",
    "a.b",
    "A-B",
    "a_b",
    "admin",
    "Zoë.K",
    "\u202eevil",
    "😀😀😀",
    "x" * 300,
    "Иван.Иванов",
    "1234",
    "l1I",
    "I1l",
    "%s",
]


def test_whatever_authors_were_called_each_gets_a_name_of_ours(session):
    ids = import_authors(session, HOUSE, [ImportedAuthor(name, THEN) for name in ODD], THEN)
    here = [session.get(Account, account_id) for account_id in ids]
    assert [names.check(account.name) for account in here] == [account.name for account in here]
    assert len({account.name_key for account in here}) == len(ODD)
    assert all(account.is_placeholder and len(account.display_name) <= 60 for account in here)


def test_an_old_name_leads_to_nobody_else(session):
    ada, bo = cast.member(session, "ada"), cast.member(session, "boris")
    remember_names(session, HOUSE, [(bo.id, "ADA"), (bo.id, "old.bo"), (ada.id, "OLD.BO"), (bo.id, "boris")], THEN)
    assert session.execute(select(FormerName.name, FormerName.account_id)).all() == [("old.bo", bo.id)]


def test_members_cannot_bring_authors_in(session):
    ada = cast.actor(session, cast.moderator(session, "ada"))
    with pytest.raises(Refused):
        import_authors(session, ada, [ImportedAuthor("bo", THEN)], THEN)
