"""What the tests of pages share: a small place, and hands that press buttons."""

from __future__ import annotations

import re
from contextlib import contextmanager

from sqlalchemy import event, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Account
from forum.core.db import db
from forum.posts.models import Topic
from tests import cast
from tests.machines.databases import writing


def enter(app, client, name, make=cast.member, **given):
    """Sign `client` in as `name`, who is made if need be; returns the account's id."""
    with writing(app) as session:
        person = session.query(Account).filter_by(name=name).first() or make(session, name, **given)
        cast.sign_in(client, session, person)
        return person.id


def person(session, name, make=cast.member):
    return session.query(Account).filter_by(name=name).first() or make(session, name)


def token(client, page="/"):
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page, follow_redirects=True).text)
    assert found, f"{page} has no form"
    return found[1]


def press(client, on, address, *, htmx=False, **data):
    """Open page `on`, then press the button on it that posts to `address`."""
    assert address in client.get(on, follow_redirects=True).text, f"no button to {address} on {on}"
    return send(client, on, address, htmx=htmx, **data)


def send(client, on, address, *, htmx=False, **data):
    """Post to `address` with the token of page `on`, whether there is a button or not."""
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(address, data={"csrf_token": token(client, on), **data}, headers=headers)


@contextmanager
def counted(app):
    """Statements that the database was asked inside the block."""
    said = []

    def note(_connection, _cursor, statement, *_rest):
        said.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def topic_of(session, topic_id):
    """The topic with its board, as verbs want it."""
    return session.scalars(select(Topic).options(joinedload(Topic.board)).where(Topic.id == topic_id)).one()


def read(client, address):
    """Open a page as a browser does, to its end: what happens after the answer has then happened."""
    answer = client.get(address, follow_redirects=True)
    text = answer.text
    answer.close()
    return text


def leave(client):
    """Be a guest again."""
    client._cookies.clear()
