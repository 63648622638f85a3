"""Signing in and out, sessions, limits."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from forum.accounts import passwords
from forum.accounts.models import AccountSession
from forum.core import clock as time
from tests import cast
from tests.machines.databases import reading, writing

PASSWORD = "three quiet herons"


def somebody(app, name="ada", **given):
    """A member with a password."""
    with writing(app) as session:
        return cast.member(session, name, password_hash=passwords.hash_password(PASSWORD), **given)


def enter(client, login="ada", password=PASSWORD, page="/sign-in", **options):
    return client.submit(page, {"login": login, "password": password}, **options)


def sessions(app):
    with reading(app) as session:
        return session.scalars(select(AccountSession).order_by(AccountSession.id)).all()


def test_a_member_signs_in_with_their_name(app, client):
    somebody(app)
    answer = enter(client)
    assert answer.status_code == 303
    assert answer.location == "/"
    assert client.get("/settings").status_code == 200


def test_a_member_signs_in_with_their_address_in_any_case(app, client):
    somebody(app)
    assert enter(client, "ADA@Example.ORG").status_code == 303


def test_a_member_signs_in_with_a_look_alike_of_their_name(app, client):
    somebody(app)
    assert enter(client, " ADA ").status_code == 303
