"""What accounts forget by the clock."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from forum import wiring
from forum.accounts.models import AccountSession, Token
from forum.core import clock as time
from tests.accounts.people import enter, somebody
from tests.machines.databases import reading, writing


def forget(app):
    with app.app_context():
        wiring.JOBS["forget_expired_secrets"]()


def test_links_are_forgotten_a_week_after_they_ran_out(app, client, clock):
    somebody(app)
    client.submit("/forgot", {"login": "ada"})
    for days, kept in ((7, 1), (8, 0)):
        clock.shift(timedelta(days=days))
        forget(app)
        with reading(app) as session:
            assert len(session.scalars(select(Token)).all()) == kept


def test_sessions_that_nobody_uses_are_forgotten_and_others_stay(app, client, clock):
    person = somebody(app)
    enter(client)
    clock.shift(timedelta(days=61))
    with writing(app) as session:
        session.add(
            AccountSession(account_id=person.id, secret_hash="1" * 64, created_at=time.now(), last_seen_at=time.now())
        )
    forget(app)
    with reading(app) as session:
        assert [row.secret_hash for row in session.scalars(select(AccountSession))] == ["1" * 64]


def test_forgetting_is_on_the_calendar():
    assert wiring.CALENDAR["forget_expired_secrets"] == 3600
    assert wiring.CALENDAR["forget_old_mail"] == 24 * 3600
