"""People with passwords, and what they do at the door."""

from __future__ import annotations

import re

from sqlalchemy import select

from forum.accounts import passwords
from forum.mail.models import OutboxMessage
from tests import cast
from tests.machines.databases import reading, writing

PASSWORD = "three quiet herons"


def somebody(app, name="ada", **given):
    """A member with a password."""
    hashed = passwords.hash_password(PASSWORD)
    with writing(app) as session:
        return cast.member(session, name, **({"password_hash": hashed} | given))


def enter(client, login="ada", password=PASSWORD, page="/sign-in", **options):
    """Fill in the sign-in form."""
    return client.submit(page, {"login": login, "password": password}, **options)


def mails(app):
    """What stands in the outbox, oldest first."""
    with reading(app) as session:
        return session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()


def link_in(message):
    """The path of the link in a mail."""
    return re.search(r"https?://[^/\s]+(/\S+/\S+)", message.text)[1]


def cookie_of(client):
    """`with cookie_of(client) as cookie:` what the browser's session cookie holds."""
    return client.session_transaction(base_url=client.application.extensions["settings"].base_url)


def post(client, address, **fields):
    """A POST with a good token to an address that no form leads to."""
    page = client.get("/sign-up", follow_redirects=True).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    return client.post(address, data={"csrf_token": token, **fields})
